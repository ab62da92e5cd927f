package org.hlo4j;

import org.hlo4j.error.ArgumentException;
import org.hlo4j.internal.compile.ExecutableImage;

/**
 * A compiled program as bytes, with the key of the program, the plugin and the machine that it was
 * compiled for: on another one it is of no use. It is machine code, so bytes from a stranger are to
 * be trusted as little as a stranger's library. Immutable.
 */
public final class SerializedExecutable {
  private final ExecutableImage image;

  SerializedExecutable(ExecutableImage image) {
    this.image = image;
  }

  /**
   * Reads what {@link #toByteArray} has written.
   *
   * @throws ArgumentException if the bytes are something else, or not whole
   */
  public static SerializedExecutable of(byte[] bytes) {
    return new SerializedExecutable(ExecutableImage.of(bytes));
  }

  ExecutableImage image() {
    return image;
  }

  /** What tells program, plugin and machine from others, in 64 hexadecimal digits. */
  public String key() {
    return image.key();
  }

  /** The executable with its key and a digest. */
  public byte[] toByteArray() {
    return image.toByteArray();
  }

  @Override
  public String toString() {
    return image.toString();
  }
}
