package org.hlo4j.cli.run;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;

/** Thrown if the path of a file is a folder, or its folder does not exist. */
public final class NotAFileException extends IOException {
  private static final long serialVersionUID = 1L;

  private NotAFileException(String message) {
    super(message);
  }

  /** Checks the path of a file to read. The file need not exist. */
  public static Path toRead(Path file) throws NotAFileException {
    if (Files.isDirectory(file)) {
      throw new NotAFileException(file + " is a folder");
    }
    return file;
  }

  public static Path toWrite(Path file) throws NotAFileException {
    Path folder = file.toAbsolutePath().getParent();
    if (folder == null || !Files.isDirectory(folder)) {
      throw new NotAFileException(file + " cannot be written: no such folder: " + folder);
    }
    return toRead(file);
  }
}
