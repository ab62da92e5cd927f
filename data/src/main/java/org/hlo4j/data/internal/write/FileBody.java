package org.hlo4j.data.internal.write;

import java.io.IOException;
import java.io.OutputStream;

/** Writes all that a file has. */
public interface FileBody {
  void writeTo(OutputStream out) throws IOException;
}
