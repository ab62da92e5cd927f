package org.hlo4j.data;

import java.io.IOException;
import java.util.Locale;
import org.hlo4j.error.HloException;

/**
 * Thrown if a file violates its format, or contains data that cannot be read. The message names the
 * file and the tensor, and states what was expected and found.
 *
 * <p>It is a {@link HloException} like the library's other exceptions, and not an {@link
 * IOException}, since compressed data is checked on access, where callers do not expect I/O.
 */
public class FileFormatException extends HloException {
  private static final long serialVersionUID = 1L;

  /** Creates an exception about a file. */
  public FileFormatException(String file, String problem) {
    super(file + ": " + problem);
  }

  FileFormatException(String file, String format, Object... arguments) {
    this(file, String.format(Locale.ROOT, format, arguments));
  }
}
