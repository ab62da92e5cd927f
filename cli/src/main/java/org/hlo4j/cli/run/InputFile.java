package org.hlo4j.cli.run;

import java.awt.image.BufferedImage;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Optional;
import javax.imageio.ImageIO;
import org.hlo4j.data.TensorFile;

/**
 * A file with inputs: tensors or an image. The first bytes determine which, since a pipe has no
 * file extension.
 */
@SuppressWarnings("ArrayRecordComponent") // Files are not compared.
record InputFile(Path path, byte[] piped, boolean isImage) {
  /** The maximum length of the signatures of image formats. */
  private static final int BEGINNING = 4;

  /**
   * Opens a file, or reads a pipe to its end.
   *
   * @throws IOException if it cannot be read
   */
  static InputFile open(String name) throws IOException {
    Path path = NotAFileException.toRead(Path.of(name));
    boolean isPipe = Files.exists(path) && !Files.isRegularFile(path);
    try (InputStream in = Files.newInputStream(path)) {
      byte[] piped = isPipe ? in.readAllBytes() : new byte[0];
      byte[] beginning = isPipe ? piped : in.readNBytes(BEGINNING);
      return new InputFile(path, piped, isImage(beginning));
    }
  }

  private static boolean isImage(byte[] bytes) {
    return startsWith(bytes, 0x89, 'P', 'N', 'G')
        || startsWith(bytes, 0xFF, 0xD8, 0xFF)
        || startsWith(bytes, 'G', 'I', 'F', '8')
        || startsWith(bytes, 'B', 'M');
  }

  private static boolean startsWith(byte[] bytes, int... beginning) {
    for (int i = 0; i < beginning.length; i++) {
      if (i >= bytes.length || bytes[i] != (byte) beginning[i]) {
        return false;
      }
    }
    return true;
  }

  /** Returns the tensors; empty if this is an image. */
  Optional<TensorFile> tensors() throws IOException {
    if (isImage) {
      return Optional.empty();
    }
    return Optional.of(
        piped.length == 0
            ? TensorFile.open(path)
            : TensorFile.read(path.toString(), new ByteArrayInputStream(piped)));
  }

  /**
   * Returns the image.
   *
   * @throws IOException if the image is damaged
   */
  BufferedImage image() throws IOException {
    BufferedImage image =
        piped.length == 0
            ? ImageIO.read(path.toFile())
            : ImageIO.read(new ByteArrayInputStream(piped));
    if (image == null) {
      throw new IOException(path + " is not a readable image");
    }
    return image;
  }
}
