package org.hlo4j.tests.mutation;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import org.hlo4j.error.PjrtException;
import org.hlo4j.internal.pjrt.ClientHandle;
import org.hlo4j.internal.pjrt.proto.CompileOptions;
import org.hlo4j.internal.process.JvmCommand;

/**
 * XLA alone, without a check of the library's before it: in a process of its own, which a program
 * may end.
 */
final class RawXla {
  private static final String REFUSED = "refused ";
  private static final String ACCEPTED = "accepted ";

  private RawXla() {}

  /** Takes the plugin's library, and the files of the programs. */
  public static void main(String[] args) throws IOException {
    ClientHandle client = ClientHandle.create(Path.of(args[0]), Map.of());
    byte[] options = CompileOptions.forDevice(client.devices().get(0).id(), client.platformName());
    for (String file : List.of(args).subList(1, args.length)) {
      byte[] text = Files.readAllBytes(Path.of(file));
      String verdict = ACCEPTED;
      try {
        client.compile(text, "mlir", options).close();
      } catch (PjrtException e) {
        verdict = REFUSED;
      }
      System.out.println(verdict + file);
    }
    Runtime.getRuntime().halt(0);
  }

  /** Which of the programs XLA rejects, or does not survive. */
  static Set<String> refusedAmong(Path plugin, List<Path> programs)
      throws IOException, InterruptedException {
    Set<String> refused = new TreeSet<>();
    List<String> waiting = new ArrayList<>(programs.stream().map(Path::toString).toList());
    while (!waiting.isEmpty()) {
      for (String line : run(plugin, waiting)) {
        String file = line.substring(line.indexOf(' ') + 1);
        if (line.startsWith(REFUSED)) {
          refused.add(file);
        }
        waiting.remove(file);
      }
      if (!waiting.isEmpty()) {
        refused.add(waiting.removeFirst()); // The process has ended at this one.
      }
    }
    return refused;
  }

  private static List<String> run(Path plugin, List<String> programs)
      throws IOException, InterruptedException {
    List<String> arguments = new ArrayList<>(List.of(plugin.toString()));
    arguments.addAll(programs);
    Process process =
        JvmCommand.here(
                List.of("--enable-native-access=ALL-UNNAMED"),
                RawXla.class,
                arguments.toArray(String[]::new))
            .process()
            .redirectError(ProcessBuilder.Redirect.DISCARD)
            .start();
    String output = new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
    int unused = process.waitFor();
    return output
        .lines()
        .filter(line -> line.startsWith(REFUSED) || line.startsWith(ACCEPTED))
        .toList();
  }
}
