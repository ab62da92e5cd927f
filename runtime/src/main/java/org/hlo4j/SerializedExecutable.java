package org.hlo4j;

import org.hlo4j.error.ArgumentException;
import org.hlo4j.internal.compile.ExecutableImage;

/**
 * A compiled program as bytes, with a key that identifies the program, the plugin and the machine
 * that it was compiled for; it does not load on others. The bytes contain machine code: as with any
 * native library, load them only from a trusted source. Immutable.
 */
public final class SerializedExecutable {
  private final ExecutableImage image;

  SerializedExecutable(ExecutableImage image) {
    this.image = image;
  }

  /**
   * Reads the bytes written by {@link #toByteArray}.
   *
   * @throws ArgumentException if the bytes are in another format or incomplete
   */
  public static SerializedExecutable of(byte[] bytes) {
    return new SerializedExecutable(ExecutableImage.of(bytes));
  }

  ExecutableImage image() {
    return image;
  }

  /** Returns the key of program, plugin and machine: 64 hexadecimal digits. */
  public String key() {
    return image.key();
  }

  /** Returns the executable with its key and a digest. */
  public byte[] toByteArray() {
    return image.toByteArray();
  }

  @Override
  public String toString() {
    return image.toString();
  }
}
