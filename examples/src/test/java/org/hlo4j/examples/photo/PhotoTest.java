package org.hlo4j.examples.photo;

import static com.google.common.truth.Truth.assertThat;
import static org.junit.jupiter.api.Assertions.assertThrows;

import java.awt.image.BufferedImage;
import java.io.IOException;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import javax.imageio.ImageIO;
import org.hlo4j.Device;
import org.hlo4j.Pjrt;
import org.hlo4j.examples.photo.Filters.Photo;
import org.hlo4j.examples.photo.Filters.Weights;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

final class PhotoTest {
  private static final int[] BINOMIAL = {1, 8, 28, 56, 70, 56, 28, 8, 1};
  private static final Pjrt CLIENT = Pjrt.open();

  private final Device device = CLIENT.device();
  private final Filters filters = FiltersKernels.sync(device);

  @TempDir Path folder;

  @AfterAll
  static void close() {
    CLIENT.close();
  }

  @Test
  void theBlurIsExactlyWhatPlainJavaComputes() throws IOException {
    byte[] photo = Pixels.of(Pixels.load());

    byte[] blurred = filters.blur(device.put(Photo.class, photo)).toByteArray();

    for (int row = 0; row < Photo.HEIGHT; row += 7) {
      for (int column = 0; column < Photo.WIDTH; column += 5) {
        for (int channel = 0; channel < 3; channel++) {
          int place = (row * Photo.WIDTH + column) * 3 + channel;
          assertThat(blurred[place] & 0xFF).isEqualTo(blurred(photo, row, column, channel));
        }
      }
    }
  }

  @Test
  void theJdksFiltersDoTheSameButForRounding() throws IOException {
    BufferedImage photo = Pixels.load();
    byte[] pixels = Pixels.of(photo);

    assertThatAllAreNear(
        filters.blur(device.put(Photo.class, pixels)).toByteArray(),
        Pixels.of(PlainJava.filter(PlainJava.blur(), photo)),
        4);
    assertThatAllAreNear(
        filters
            .convolve(
                device.put(Photo.class, pixels), device.put(Weights.class, FilterPhoto.SHARPER))
            .toByteArray(),
        Pixels.of(PlainJava.filter(PlainJava.convolve(FilterPhoto.SHARPER), photo)),
        1);
  }

  @Test
  void sharpeningByShiftsIsTheConvolutionWithTheSameWeights() throws IOException {
    byte[] photo = Pixels.of(Pixels.load());

    byte[] shifted = filters.sharpen(device.put(Photo.class, photo)).toByteArray();
    byte[] convolved =
        filters
            .convolve(
                device.put(Photo.class, photo), device.put(Weights.class, FilterPhoto.SHARPER))
            .toByteArray();

    assertThat(shifted).isEqualTo(convolved);
    assertThat(shifted).isNotEqualTo(photo);
  }

  @Test
  void edgesAreWhereBrightnessChanges() {
    byte[] half = new byte[Photo.HEIGHT * Photo.WIDTH * 3];
    for (int i = 0; i < half.length; i++) {
      half[i] = (byte) (i / 3 % Photo.WIDTH < 200 ? 20 : 50);
    }

    BufferedImage edges =
        Pixels.picture(filters.edges(device.put(Photo.class, half)).toByteArray());

    assertThat(edges.getRGB(100, 150) & 0xFFFFFF).isEqualTo(0);
    assertThat(edges.getRGB(199, 150) & 0xFF).isIn(List.of(119, 120));
    assertThat(edges.getRGB(200, 150)).isEqualTo(edges.getRGB(199, 150));
    assertThat(edges.getRGB(202, 150) & 0xFFFFFF).isEqualTo(0);
  }

  @Test
  void thePhotoAndItsFilteredVersionsStandSideBySide() throws IOException {
    Map<String, BufferedImage> filtered = FilterPhoto.filtered(device, Pixels.load());
    assertThat(filtered.keySet())
        .containsExactly("photo", "blurred 6 times", "sharper", "edges")
        .inOrder();

    Path picture = folder.resolve("photo.png");
    FilterPhoto.main(new String[] {picture.toString()});
    BufferedImage image = ImageIO.read(picture.toFile());
    assertThat(image.getWidth()).isEqualTo(920);
    assertThat(image.getRGB(8, 8)).isEqualTo(Pixels.load().getRGB(0, 0));
  }

  @Test
  void aPictureOfAnotherKindIsRefused() {
    BufferedImage grey = new BufferedImage(2, 2, BufferedImage.TYPE_BYTE_GRAY);

    IllegalArgumentException refused =
        assertThrows(IllegalArgumentException.class, () -> Pixels.of(grey));

    assertThat(refused).hasMessageThat().startsWith("A picture of three bytes a pixel is needed");
  }

  private static int blurred(byte[] photo, int row, int column, int channel) {
    int sum = 0;
    for (int y = Math.max(0, row - 4); y <= Math.min(Photo.HEIGHT - 1, row + 4); y++) {
      for (int x = Math.max(0, column - 4); x <= Math.min(Photo.WIDTH - 1, column + 4); x++) {
        int value = photo[(y * Photo.WIDTH + x) * 3 + channel] & 0xFF;
        sum += BINOMIAL[y - row + 4] * BINOMIAL[x - column + 4] * value;
      }
    }
    return (int) Math.rint(sum / 65536.0);
  }

  /** Away from the edges, which the JDK leaves black. */
  private static void assertThatAllAreNear(byte[] first, byte[] second, int margin) {
    for (int row = margin; row < Photo.HEIGHT - margin; row++) {
      for (int i = margin * 3; i < (Photo.WIDTH - margin) * 3; i++) {
        int place = row * Photo.WIDTH * 3 + i;
        assertThat(Math.abs((first[place] & 0xFF) - (second[place] & 0xFF))).isAtMost(1);
      }
    }
  }
}
