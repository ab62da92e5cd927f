package org.hlo4j.internal.pjrt.library;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;

/** A small shared library of the JDK that runs the test, to be changed byte by byte. */
final class JdkLibrary {
  private final byte[] bytes;

  private JdkLibrary(byte[] bytes) {
    this.bytes = bytes;
  }

  static JdkLibrary zip() throws IOException {
    return new JdkLibrary(
        Files.readAllBytes(
            Path.of(System.getProperty("java.home"), "lib", System.mapLibraryName("zip"))));
  }

  byte[] bytes() {
    return bytes.clone();
  }

  /** The bytes with one name in place of another of the same length. */
  byte[] renaming(String name, String other) {
    String text = new String(bytes, StandardCharsets.ISO_8859_1);
    if (!text.contains("\0" + name + "\0")) {
      throw new IllegalStateException("The library does not mention " + name);
    }
    return text.replace("\0" + name + "\0", "\0" + other + "\0")
        .getBytes(StandardCharsets.ISO_8859_1);
  }
}
