package org.hlo4j.data;

import static com.google.common.truth.Truth.assertThat;
import static org.junit.jupiter.api.Assertions.assertThrows;

import java.awt.image.BufferedImage;
import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import javax.imageio.ImageIO;
import org.hlo4j.HostTensor;
import org.hlo4j.annotation.TensorType;
import org.hlo4j.error.ArgumentException;
import org.hlo4j.type.F32;
import org.hlo4j.type.Shape;
import org.hlo4j.type.U8;
import org.jspecify.annotations.NullUnmarked;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Images become tensors, and tensors images. */
@NullUnmarked
final class ImageTensorsTest {
  @TensorType("tensor<1x2x3xui8>")
  interface Colour extends U8 {}

  @TensorType("tensor<1x2x4xui8>")
  interface WithAlpha extends U8 {}

  @TensorType("tensor<1x2xui8>")
  interface Grey extends U8 {}

  @TensorType("tensor<1x2x3xf32>")
  interface Floats extends F32 {}

  private static BufferedImage image(int type, int left, int right) {
    BufferedImage image = new BufferedImage(2, 1, type);
    image.setRGB(0, 0, left);
    image.setRGB(1, 0, right);
    return image;
  }

  private static byte[] bytes(int... values) {
    byte[] bytes = new byte[values.length];
    for (int i = 0; i < values.length; i++) {
      bytes[i] = (byte) values[i];
    }
    return bytes;
  }

  @Test
  void coloursStandInTheirOrder() {
    for (int type :
        new int[] {
          BufferedImage.TYPE_INT_RGB, BufferedImage.TYPE_3BYTE_BGR, BufferedImage.TYPE_INT_ARGB
        }) {
      BufferedImage image = image(type, 0xFFFF8001, 0xFF000A14);

      assertThat(ImageTensors.toTensor(image, Colour.class).toArray(byte[].class))
          .isEqualTo(bytes(255, 128, 1, 0, 10, 20));
      assertThat(ImageTensors.toTensor(image, Floats.class).toArray(float[].class))
          .isEqualTo(new float[] {1, 128 / 255f, 1 / 255f, 0, 10 / 255f, 20 / 255f});
      assertThat(ImageTensors.toTensor(image, WithAlpha.class).toArray(byte[].class))
          .isEqualTo(bytes(255, 128, 1, 255, 0, 10, 20, 255));
    }
  }

  /** As {@code PIL.Image.convert("L")} answers. */
  @Test
  void greyIsWeightedAsPillowDoes() {
    BufferedImage image = image(BufferedImage.TYPE_INT_RGB, 0xFF8001, 0x000A14);

    assertThat(ImageTensors.toTensor(image, Grey.class).toArray(byte[].class))
        .isEqualTo(bytes(151, 8));
  }

  @ParameterizedTest
  @ValueSource(strings = {"png", "gif"})
  void greyStaysWhatItIsInFiles(String format) throws IOException {
    HostTensor<Grey> grey = HostTensor.allocate(Grey.class).set(bytes(100, 200));
    ByteArrayOutputStream out = new ByteArrayOutputStream();
    assertThat(ImageIO.write(ImageTensors.toImage(grey), format, out)).isTrue();
    BufferedImage back = ImageIO.read(new ByteArrayInputStream(out.toByteArray()));

    assertThat(ImageTensors.toTensor(back, Grey.class).toArray(byte[].class))
        .isEqualTo(bytes(100, 200));
    assertThat(ImageTensors.toTensor(back, Colour.class).toArray(byte[].class))
        .isEqualTo(bytes(100, 100, 100, 200, 200, 200));
  }

  @Test
  void sixteenBitsOfGreyBecomeEight() {
    BufferedImage image = new BufferedImage(2, 1, BufferedImage.TYPE_USHORT_GRAY);
    image.getRaster().setSample(0, 0, 0, 0xFFFF);
    image.getRaster().setSample(1, 0, 0, 0x8080);

    assertThat(ImageTensors.toTensor(image, Grey.class).toArray(byte[].class))
        .isEqualTo(bytes(255, 128));
  }

  @Test
  void tensorsBecomeImagesAndComeBack() {
    byte[] colour = bytes(255, 128, 1, 0, 10, 20);
    byte[] alpha = bytes(255, 128, 1, 7, 0, 10, 20, 255);

    BufferedImage image =
        ImageTensors.toImage(Plugin.device().put(HostTensor.allocate(Colour.class).set(colour)));
    assertThat(image.getRGB(0, 0)).isEqualTo(0xFFFF8001);
    assertThat(ImageTensors.toTensor(image, Colour.class).toArray(byte[].class)).isEqualTo(colour);
    BufferedImage transparent =
        ImageTensors.toImage(HostTensor.allocate(WithAlpha.class).set(alpha));
    assertThat(ImageTensors.toTensor(transparent, WithAlpha.class).toArray(byte[].class))
        .isEqualTo(alpha);
  }

  @Test
  void floatsOutsideOfTheirRangeAreCut() {
    HostTensor<Floats> floats =
        HostTensor.allocate(Floats.class).set(new float[] {-1, 2, Float.NaN, 0.5f, 1, 0});

    assertThat(
            ImageTensors.toTensor(ImageTensors.toImage(floats), Colour.class).toArray(byte[].class))
        .isEqualTo(bytes(0, 255, 0, 128, 255, 0));
  }

  @Test
  void whatIsNoImageIsRefused() {
    BufferedImage image = new BufferedImage(3, 1, BufferedImage.TYPE_INT_RGB);

    assertThat(
            assertThrows(ArgumentException.class, () -> ImageTensors.toTensor(image, Colour.class)))
        .hasMessageThat()
        .isEqualTo("A tensor<1x2x3xui8> is 1 high and 2 wide; the image is 1 high and 3 wide");
    for (String text :
        new String[] {
          "tensor<3xui8>",
          "tensor<1x3x2xui8>",
          "tensor<1x3xi32>",
          "tensor<0x3xui8>",
          "tensor<1x1x3x1xui8>",
          "tensor<65536x65536xui8>"
        }) {
      Shape shape = Shape.parse(text);
      assertThat(assertThrows(ArgumentException.class, () -> ImageTensors.toTensor(image, shape)))
          .hasMessageThat()
          .startsWith("A " + text + " is not an image such as tensor<HxWxCxui8>");
    }
  }
}
