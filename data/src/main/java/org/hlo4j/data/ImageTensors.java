package org.hlo4j.data;

import java.awt.image.BufferedImage;
import java.lang.foreign.MemorySegment;
import java.lang.foreign.ValueLayout;
import org.hlo4j.HostTensor;
import org.hlo4j.Tensor;
import org.hlo4j.TensorView;
import org.hlo4j.error.ArgumentException;
import org.hlo4j.error.BufferStateException;
import org.hlo4j.type.Element;
import org.hlo4j.type.ElementType;
import org.hlo4j.type.Shape;

/**
 * Conversions between images and tensors. The dimensions are height, width, and channels: 1 for
 * grey, 3 for RGB, 4 for RGBA; a tensor of only height and width is grey. Elements are {@code ui8}
 * from 0 to 255, or {@code f32} from 0 to 1, which is the same divided by 255, sRGB-encoded as in
 * files. {@link javax.imageio.ImageIO} reads and writes files.
 *
 * <pre>{@code
 * @TensorType("tensor<224x224x3xf32>") interface Photo extends F32 {}
 *
 * BufferedImage image = ImageIO.read(new File("cat.jpg"));                  // 224 by 224
 * DeviceBuffer<Photo> photo = device.put(ImageTensors.toTensor(image, Photo.class));
 * ImageIO.write(ImageTensors.toImage(photo), "png", new File("copy.png"));
 * }</pre>
 *
 * <p>Grey is converted to colour by repetition, and colour to grey by the weights of Python's
 * Pillow. Alpha is dropped if there is no channel for it, and opaque if the image has none. Images
 * with more than 8 bits per channel are reduced to 8. Requires the module {@code java.desktop}.
 */
public final class ImageTensors {
  private static final float WHITE = 255;

  private ImageTensors() {}

  /**
   * Converts an image to a tensor in host memory.
   *
   * @throws ArgumentException if the type is not an image type, or its height and width differ from
   *     the image's
   */
  public static <T extends Element> HostTensor<T> toTensor(BufferedImage image, Class<T> type) {
    check(image, Shape.of(type));
    return fill(image, HostTensor.allocate(type));
  }

  /** Like {@link #toTensor(BufferedImage, Class)}, for shapes known only at run time. */
  public static HostTensor<?> toTensor(BufferedImage image, Shape shape) {
    check(image, shape);
    return fill(image, HostTensor.allocate(shape));
  }

  private static void check(BufferedImage image, Shape shape) {
    checkShape(shape);
    long height = shape.dimension(0);
    long width = shape.dimension(1);
    if (height != image.getHeight() || width != image.getWidth()) {
      throw new ArgumentException(
          "A %s is %s high and %s wide; the image is %s high and %s wide"
              .formatted(shape, height, width, image.getHeight(), image.getWidth()));
    }
  }

  private static void checkShape(Shape shape) {
    boolean fits =
        (shape.rank() == 2 || (shape.rank() == 3 && Channels.exist(shape.dimension(2))))
            && shape.dimension(0) > 0
            && shape.dimension(1) > 0
            && shape.elementCount() <= Integer.MAX_VALUE
            && (shape.elementType() == ElementType.U8 || shape.elementType() == ElementType.F32);
    if (!fits) {
      throw new ArgumentException(
          "A %s is not an image such as tensor<HxWxCxui8> or tensor<HxWxCxf32>, with C 1, 3 or 4"
              .formatted(shape));
    }
  }

  private static <T extends Element> HostTensor<T> fill(BufferedImage image, HostTensor<T> tensor) {
    byte[] samples = Channels.read(image, channels(tensor.shape()));
    if (tensor.shape().elementType() == ElementType.U8) {
      return tensor.set(samples);
    }
    float[] scaled = new float[samples.length];
    for (int i = 0; i < scaled.length; i++) {
      scaled[i] = Byte.toUnsignedInt(samples[i]) / WHITE;
    }
    return tensor.set(scaled);
  }

  private static int channels(Shape shape) {
    return shape.rank() == 2 ? 1 : (int) shape.dimension(2);
  }

  /**
   * Converts a tensor to an image; waits for it. Floats below 0 and NaN become 0, those above 1
   * become 1.
   *
   * @throws ArgumentException if its shape is not an image shape
   * @throws BufferStateException if the tensor was closed or donated
   */
  public static BufferedImage toImage(Tensor<?> tensor) {
    checkShape(tensor.shape());
    try (TensorView<?> view = tensor.view()) {
      return image(tensor.shape(), view.segment());
    }
  }

  /** Like {@link #toImage(Tensor)}, for a tensor in host memory. */
  public static BufferedImage toImage(HostTensor<?> tensor) {
    checkShape(tensor.shape());
    return image(tensor.shape(), tensor.segment());
  }

  private static BufferedImage image(Shape shape, MemorySegment elements) {
    byte[] samples = new byte[(int) shape.elementCount()];
    for (int i = 0; i < samples.length; i++) {
      samples[i] =
          shape.elementType() == ElementType.U8
              ? elements.get(ValueLayout.JAVA_BYTE, i)
              : sample(elements.getAtIndex(ValueLayout.JAVA_FLOAT_UNALIGNED, i));
    }
    return Channels.write(
        samples, (int) shape.dimension(1), (int) shape.dimension(0), channels(shape));
  }

  private static byte sample(float value) {
    // NaN is rounded to 0.
    return (byte) Math.round(Math.clamp(value, 0, 1) * WHITE);
  }
}
