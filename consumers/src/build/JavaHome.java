import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;

/** Writes down where the JDK is that runs this, for a Maven that runs on another one. */
final class JavaHome {
  public static void main(String[] args) throws IOException {
    Path file = Path.of(args[0]);
    Files.createDirectories(file.getParent());
    Files.writeString(file, "consumers.jdk=" + System.getProperty("java.home").replace('\\', '/') + "\n");
  }
}
