package org.hlo4j.processor.verify;

import java.io.DataInputStream;
import java.io.DataOutputStream;
import java.io.IOException;

/**
 * The first message of a child: whether it can check programs.
 *
 * @param problem why it cannot; empty if it can
 */
record Greeting(String problem) {
  void write(DataOutputStream out) throws IOException {
    Wire.writeStart(out);
    Wire.writeText(out, problem);
    out.flush();
  }

  static Greeting read(DataInputStream in) throws IOException {
    Wire.readStart(in);
    return new Greeting(Wire.readText(in));
  }
}
