package org.hlo4j.data;

import java.io.IOException;
import java.util.Locale;
import org.hlo4j.error.HloException;

/**
 * A file is not what its format demands, or holds what cannot be read. The message names the file,
 * the tensor, what was expected and what was found.
 *
 * <p>It is a {@link HloException}, as every refusal of the library is, and not an {@link
 * IOException}: a file that lies is found out when it is opened, or, where its bytes are
 * compressed, when they are asked for, where nobody expects input and output any more.
 */
public class FileFormatException extends HloException {
  private static final long serialVersionUID = 1L;

  /** A refusal of a file. */
  public FileFormatException(String file, String problem) {
    super(file + ": " + problem);
  }

  FileFormatException(String file, String format, Object... arguments) {
    this(file, String.format(Locale.ROOT, format, arguments));
  }
}
