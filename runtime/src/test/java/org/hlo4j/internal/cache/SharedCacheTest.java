package org.hlo4j.internal.cache;

import static com.google.common.truth.Truth.assertThat;
import static com.google.common.truth.Truth.assertWithMessage;

import java.io.File;
import java.io.IOException;
import java.net.URI;
import java.net.URISyntaxException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.Random;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.stream.Stream;
import org.hlo4j.internal.process.JvmCommand;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.condition.DisabledOnOs;
import org.junit.jupiter.api.condition.OS;
import org.junit.jupiter.api.io.TempDir;

/** Many threads, and many processes, with one folder. */
@DisabledOnOs(OS.WINDOWS) // no shell, and open files stay where they are
final class SharedCacheTest {
  private static final int KEYS = 40;

  /** Too small for all keys, so that entries also go while they are read. */
  private static final long MAX_BYTES = KEYS * 4096 / 2;

  @TempDir Path temporary;

  /** What other processes run: the traffic, or a single entry. */
  public static final class Traffic {
    private Traffic() {}

    /** Takes the folder, and the number of a key to put, or a seed behind a minus. */
    public static void main(String[] args) {
      DiskCache cache = DiskCache.at(Path.of(args[0]), MAX_BYTES);
      int number = Integer.parseInt(args[1]);
      if (number >= 0) {
        cache.put(key(number), content(number, 0));
        System.out.println("put");
      } else {
        System.out.println("hits: " + traffic(cache, number));
      }
    }
  }

  private static String key(int number) {
    return String.format(Locale.ROOT, "%04x", number);
  }

  /** Content that tells its key; of one key there are some, which tell themselves, too. */
  private static byte[] content(int number, int variant) {
    byte[] content = new byte[500 + 1000 * variant];
    Arrays.fill(content, (byte) variant);
    content[0] = (byte) number;
    return content;
  }

  /** Puts and gets at random, and answers how often something was found, which must be whole. */
  private static int traffic(DiskCache cache, long seed) {
    Random random = new Random(seed);
    int hits = 0;
    for (int i = 0; i < 1000; i++) {
      int number = random.nextInt(KEYS);
      if (random.nextInt(3) == 0) {
        cache.put(key(number), content(number, random.nextInt(3)));
        continue;
      }
      byte[] found = cache.get(key(number)).orElse(null);
      if (found != null) {
        hits++;
        if (!Arrays.equals(found, content(number, found[1]))) {
          throw new AssertionError("found something else under " + number);
        }
      }
    }
    return hits;
  }

  private long entries(String suffix) throws IOException {
    try (Stream<Path> files = Files.list(temporary.resolve("cache"))) {
      return files.filter(file -> file.toString().endsWith(suffix)).count();
    }
  }

  @Test
  void threadsFindOnlyWhatIsWhole() throws IOException, InterruptedException, ExecutionException {
    DiskCache cache = DiskCache.at(temporary.resolve("cache"), MAX_BYTES);
    List<Future<Integer>> hits = new ArrayList<>();
    try (ExecutorService threads = Executors.newFixedThreadPool(6)) {
      for (int i = 0; i < 6; i++) {
        long seed = i;
        hits.add(threads.submit(() -> traffic(cache, seed)));
      }
    }
    for (Future<Integer> hit : hits) {
      assertThat(hit.get()).isGreaterThan(0);
    }
    assertThat(entries(".tmp")).isEqualTo(0);
  }

  @Test
  void processesFindOnlyWhatIsWhole() throws Exception {
    Path folder = temporary.resolve("cache");
    List<Process> processes = new ArrayList<>();
    for (int i = 1; i <= 2; i++) {
      processes.add(start("exec \"$@\"", folder, -i));
    }
    assertThat(traffic(DiskCache.at(folder, MAX_BYTES), 7)).isGreaterThan(0);
    for (Process process : processes) {
      assertThat(outputOf(process)).startsWith("hits: ");
    }
    assertThat(entries(".tmp")).isEqualTo(0);
  }

  @Test
  void aDiskThatTakesNothingMeansNoCache() throws Exception {
    Path folder = temporary.resolve("cache");
    // No file may have any bytes: the limit is the nearest thing to a full disk.
    assertThat(outputOf(start("ulimit -f 0; exec \"$@\"", folder, 1))).isEqualTo("put\n");
    assertThat(entries("")).isEqualTo(0);
    assertThat(outputOf(start("exec \"$@\"", folder, 1))).isEqualTo("put\n");
    assertThat(entries(".entry")).isEqualTo(1);
  }

  private static Process start(String script, Path folder, int number)
      throws IOException, URISyntaxException {
    String classPath = rootOf(DiskCache.class) + File.pathSeparator + rootOf(SharedCacheTest.class);
    JvmCommand command =
        new JvmCommand(
            List.of("-XX:-UsePerfData", "-XX:TieredStopAtLevel=1"),
            classPath,
            Traffic.class.getName(),
            List.of(folder.toString(), Integer.toString(number)));
    ProcessBuilder process = command.process().redirectErrorStream(true);
    process.command().addAll(0, List.of("sh", "-c", script, "sh"));
    return process.start();
  }

  /** Classes of tests may be patched into a module, which hides their place from other means. */
  private static Path rootOf(Class<?> type) throws URISyntaxException {
    String name = type.getName().replace('.', '/') + ".class";
    String uri = type.getResource("/" + name).toURI().toString();
    return Path.of(URI.create(uri.substring(0, uri.length() - name.length())));
  }

  private static String outputOf(Process process) throws IOException, InterruptedException {
    String output = new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
    assertWithMessage(output).that(process.waitFor()).isEqualTo(0);
    return output;
  }
}
