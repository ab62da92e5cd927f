import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Comparator;
import java.util.List;
import java.util.stream.Stream;
import org.hlo4j.cli.Hlo4j;

/** Has {@code hlo4j init} write a project with an interface for each program in a folder. */
final class Init {
  public static void main(String[] args) throws IOException {
    clear(Path.of(args[1]));
    List<Path> programs;
    try (Stream<Path> files = Files.list(Path.of(args[0]))) {
      programs = files.filter(file -> file.toString().endsWith(".mlir")).sorted().toList();
    }
    for (Path program : programs) {
      String[] command = {
        "init", program.toString(), "--package", "com.acme.corpus", "--dir", args[1], "--pom", "--force"
      };
      if (Hlo4j.run(command) != 0) {
        System.exit(1);
      }
    }
  }

  /** What another version wrote would be built, too. */
  private static void clear(Path folder) throws IOException {
    if (Files.exists(folder)) {
      try (Stream<Path> inside = Files.walk(folder)) {
        for (Path path : inside.sorted(Comparator.reverseOrder()).toList()) {
          Files.delete(path);
        }
      }
    }
  }
}
