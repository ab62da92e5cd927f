package org.hlo4j.cli.run;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;

/** A path that was given for a file is a folder, or lies in none. */
public final class NotAFileException extends IOException {
  private static final long serialVersionUID = 1L;

  private NotAFileException(String message) {
    super(message);
  }

  /** Checks a file that is to be read; whether it is there, its reader says. */
  public static Path toRead(Path file) throws NotAFileException {
    if (Files.isDirectory(file)) {
      throw new NotAFileException(file + " is a folder");
    }
    return file;
  }

  public static Path toWrite(Path file) throws NotAFileException {
    Path folder = file.toAbsolutePath().getParent();
    if (folder == null || !Files.isDirectory(folder)) {
      throw new NotAFileException(file + " cannot be written: there is no folder " + folder);
    }
    return toRead(file);
  }
}
