import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.spi.ToolProvider;
import java.util.zip.ZipEntry;
import java.util.zip.ZipFile;

/**
 * Puts a module's descriptor into its jar, unless it is there: a jar that changes with each build
 * makes Maven compile each time whatever depends on it. Arguments: the jar, the folder with the
 * descriptor, and the date of the entry.
 */
final class AddModuleDescriptor {
  private static final String DESCRIPTOR = "module-info.class";

  private AddModuleDescriptor() {}

  public static void main(String[] args) throws IOException {
    if (!isThere(args[0], Path.of(args[1], DESCRIPTOR))) {
      int status =
          ToolProvider.findFirst("jar")
              .orElseThrow()
              .run(
                  System.out,
                  System.err,
                  "--update",
                  "--file",
                  args[0],
                  "--date=" + args[2],
                  "-C",
                  args[1],
                  DESCRIPTOR);
      System.exit(status);
    }
  }

  /**
   * The jar tool adds to a descriptor which packages there are, so its bytes tell nothing: the jar
   * has to be newer than the compiler's descriptor.
   */
  private static boolean isThere(String jar, Path descriptor) throws IOException {
    try (ZipFile file = new ZipFile(jar)) {
      ZipEntry entry = file.getEntry(DESCRIPTOR);
      return entry != null
          && Files.getLastModifiedTime(Path.of(jar))
                  .compareTo(Files.getLastModifiedTime(descriptor))
              >= 0;
    }
  }
}
