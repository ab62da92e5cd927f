package org.hlo4j.internal.cache;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.FileAttribute;
import java.nio.file.attribute.PosixFilePermissions;

/** Creates folders and files that only the user can access. */
public final class PrivateFiles {
  private PrivateFiles() {}

  /** Creates the folder and its missing parents. */
  public static void createFolders(Path folder) throws IOException {
    Files.createDirectories(folder, only("rwx------", folder));
  }

  /** Creates a new folder inside the folder. */
  public static Path createTemporaryFolder(Path folder, String prefix) throws IOException {
    return Files.createTempDirectory(folder, prefix, only("rwx------", folder));
  }

  /** Creates a new, empty file inside the folder. */
  static Path createTemporaryFile(Path folder, String prefix, String suffix) throws IOException {
    return Files.createTempFile(folder, prefix, suffix, only("rw-------", folder));
  }

  private static FileAttribute<?>[] only(String permissions, Path folder) {
    return folder.getFileSystem().supportedFileAttributeViews().contains("posix")
        ? new FileAttribute<?>[] {
          PosixFilePermissions.asFileAttribute(PosixFilePermissions.fromString(permissions))
        }
        : new FileAttribute<?>[0];
  }
}
