package org.hlo4j.processor.verify;

import java.io.DataInputStream;
import java.io.DataOutputStream;
import java.io.EOFException;
import java.io.IOException;
import java.io.StreamCorruptedException;
import java.nio.charset.StandardCharsets;
import java.util.Locale;

/** The encoding of messages between parent and child. */
final class Wire {
  /** The prefix of every message; to be changed with the format. */
  private static final int VERSION = 0x686c6f03;

  private Wire() {}

  static void writeStart(DataOutputStream out) throws IOException {
    out.writeInt(VERSION);
  }

  static void readStart(DataInputStream in) throws IOException {
    int version = in.readInt();
    if (version != VERSION) {
      throw new StreamCorruptedException(
          String.format(Locale.ROOT, "a message starts with %x, not %x", version, VERSION));
    }
  }

  /** Writes a text of any length, which {@link DataOutputStream#writeUTF} cannot. */
  static void writeText(DataOutputStream out, String text) throws IOException {
    writeBytes(out, text.getBytes(StandardCharsets.UTF_8));
  }

  static void writeBytes(DataOutputStream out, byte[] bytes) throws IOException {
    out.writeInt(bytes.length);
    out.write(bytes);
  }

  static String readText(DataInputStream in) throws IOException {
    return new String(readBytes(in), StandardCharsets.UTF_8);
  }

  static byte[] readBytes(DataInputStream in) throws IOException {
    int length = in.readInt();
    if (length < 0) {
      throw new StreamCorruptedException("a text has the length " + length);
    }
    byte[] bytes = in.readNBytes(length);
    if (bytes.length < length) {
      throw new EOFException("a text ends after " + bytes.length + " of " + length + " bytes");
    }
    return bytes;
  }
}
