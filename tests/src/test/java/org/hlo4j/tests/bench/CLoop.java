package org.hlo4j.tests.bench;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.OptionalDouble;
import org.jspecify.annotations.Nullable;

/** The limit: a bare C loop over the same plugin, or {@code memcpy}. */
final class CLoop implements Peer {
  private final Path program;
  private final Path plugin;
  private final Path log;
  private final String version;

  private CLoop(Path program, Path plugin, Path log, String version) {
    this.program = program;
    this.plugin = plugin;
    this.log = log;
    this.version = version;
  }

  /**
   * Compiles the loop.
   *
   * @throws IOException if there is no C compiler, or it fails
   */
  static CLoop compile(Folders folders, Path plugin) throws IOException, InterruptedException {
    Path log = folders.output().resolve("c.log");
    Path program = folders.output().resolve("loop");
    String version = Child.run(log, List.of("cc", "--version")).output().lines().findFirst().get();
    Files.writeString(folders.output().resolve("pjrt_abi.h"), AbiHeader.of(folders.abi()));
    Child unused =
        Child.run(
            log,
            List.of(
                "cc",
                "-O2",
                "-fno-strict-aliasing",
                "-I" + folders.output(),
                "-o",
                program.toString(),
                folders.source("loop.c").toString(),
                "-ldl"));
    return new CLoop(program, plugin, log, version);
  }

  @Override
  public String version() {
    return version;
  }

  @Override
  public OptionalDouble measure(Row row) throws IOException, InterruptedException {
    String name = name(row);
    if (name == null) {
      return OptionalDouble.empty();
    }
    List<String> command = List.of(program.toString(), plugin.toString(), name);
    return OptionalDouble.of(Child.run(log, command).number());
  }

  private static @Nullable String name(Row row) {
    return switch (row) {
      case ADD -> "add";
      case INPUTS -> "inputs";
      case SHARE -> "share";
      case IN, OUT, NEW -> "memcpy";
      case TRAINING -> "training";
      case MEMORY -> "memory";
      case VIEW, HEAP, FIRST, FIRST_COLD, OVERLAP -> null;
    };
  }
}
