package org.hlo4j.data;

import java.io.IOException;
import java.io.OutputStream;

/** Writes all that a file has. */
interface FileBody {
  void writeTo(OutputStream out) throws IOException;
}
