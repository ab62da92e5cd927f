package org.hlo4j.data;

import java.lang.foreign.MemorySegment;
import java.util.function.Supplier;
import org.hlo4j.BufferPromise;
import org.hlo4j.Device;
import org.hlo4j.DeviceBuffer;
import org.hlo4j.HostTensor;
import org.hlo4j.data.internal.element.Deferred;
import org.hlo4j.data.internal.element.ElementConversion;
import org.hlo4j.data.internal.element.FileType;
import org.hlo4j.error.ArgumentException;
import org.hlo4j.error.BufferStateException;
import org.hlo4j.type.Element;
import org.hlo4j.type.ElementType;
import org.hlo4j.type.Shape;

/**
 * A tensor in a file: its name, its shape, and its elements, which are the file's own memory
 * wherever they lie in it as programs want them. Immutable; safe for use by many threads.
 *
 * <p>Some types have no name in a format. NumPy writes {@code bf16}, and all types of {@code
 * ml_dtypes}, as bare bytes ({@code V2}, {@code V1}): {@link #put(Device, Class)} takes them for
 * what the tensor type says, and {@link #as} for what you say. Until then they show as the unsigned
 * integers that have the bits.
 *
 * <p>Other types are none of StableHLO's, such as NumPy's texts, or six-bit floats. A tensor of
 * such a type is listed, and what needs its elements throws {@link FileFormatException}.
 */
public final class FileTensor {
  private final String file;
  private final String name;
  private final FileType type;
  private final String dimensions;
  private final Supplier<Shape> shape;
  private final Supplier<MemorySegment> content;

  private FileTensor(
      String file,
      String name,
      FileType type,
      String dimensions,
      Supplier<Shape> shape,
      Supplier<MemorySegment> content) {
    this.file = file;
    this.name = name;
    this.type = type;
    this.dimensions = dimensions;
    this.shape = shape;
    this.content = content;
  }

  /** A tensor whose elements can be had. */
  static FileTensor of(
      String file, String name, FileType type, Shape shape, Supplier<MemorySegment> content) {
    return new FileTensor(file, name, type, "", () -> shape, content);
  }

  /** A tensor whose elements cannot be had, since its type is none of StableHLO's. */
  static FileTensor unreadable(String file, String name, FileType type, String dimensions) {
    return new FileTensor(
        file,
        name,
        type,
        dimensions,
        () -> {
          throw unreadable(file, name, type);
        },
        () -> {
          throw unreadable(file, name, type);
        });
  }

  private static FileFormatException unreadable(String file, String name, FileType type) {
    return new FileFormatException(
        file, "%s cannot be read: it has %s", name, type.whyUnreadable());
  }

  /** The name, unique in its file. */
  public String name() {
    return name;
  }

  /** The element type as the file says it: {@code <f4}, {@code BF16}, {@code V2}. */
  public String typeName() {
    return type.name();
  }

  /** Whether the element type is one of StableHLO's, or bare bytes of the width of one. */
  public boolean isReadable() {
    return type.elementType() != null;
  }

  /** Whether the elements are bare bytes, whose type the file does not say. */
  public boolean isUntyped() {
    return type.isUntyped();
  }

  /**
   * The element type and dimensions; unsigned integers where the file does not say the type.
   *
   * @throws FileFormatException if the element type is none of StableHLO's
   */
  public Shape shape() {
    return shape.get();
  }

  /**
   * The elements, read-only: dense and row-major, in the machine's byte order, those narrower than
   * a byte in a byte each. It is the file's memory, at any address; a copy, made once, only where
   * the file has them compressed, packed, in another byte order, or in Fortran's order. It may be
   * kept, and lives as long as it can be reached.
   *
   * @throws FileFormatException if the element type is none of StableHLO's, or the compressed bytes
   *     are damaged
   */
  public MemorySegment segment() {
    return content.get();
  }

  /**
   * The same bits under another element type: what the elements of {@code V2}, {@code V1} or of an
   * unsigned integer type stand for.
   *
   * <pre>{@code
   * FileTensor w1 = file.tensor("w1").as(ElementType.BF16);   // np.save(…, w1.view(np.uint16))
   * }</pre>
   *
   * @throws ArgumentException if the elements are of another width, or of another type already
   */
  public FileTensor as(ElementType elementType) {
    Shape from = shape();
    if (elementType == from.elementType()) {
      return this;
    }
    if (!type.isBits() || elementType.hostBytes() != from.elementType().hostBytes()) {
      throw new ArgumentException(
          "%s: the %s %s cannot be read as %s; only bare bytes and unsigned integers of the same width can"
              .formatted(file, typeName(), name, elementType));
    }
    Shape to = Shape.of(elementType, from.dimensions());
    return of(file, name, FileType.known(type.name(), elementType), to, content);
  }

  /**
   * The same numbers as another element type, in a copy that is made when its elements are first
   * asked for. Integers stay what they are; floats, and integers that become floats, become the
   * nearest number of the type, ties to even.
   *
   * @throws ArgumentException if there is no such conversion: from floats to integers, and from and
   *     to {@code i1}, complex numbers, {@code f4E2M1FN} and {@code f8E8M0FNU}; and where the
   *     elements are asked for, if a finite number is beyond the range of the type
   * @throws FileFormatException if the element type is none of StableHLO's
   */
  public FileTensor converted(ElementType elementType) {
    ElementType from = shape().elementType();
    if (elementType == from && !isUntyped()) {
      return this;
    }
    if (isUntyped() || !ElementConversion.isPossible(from, elementType)) {
      throw new ArgumentException(
          "%s: the %s %s cannot be converted to %s".formatted(file, typeName(), name, elementType));
    }
    ElementConversion conversion =
        new ElementConversion("%s: %s".formatted(file, name), from, elementType);
    Deferred converted = new Deferred(() -> conversion.convert(segment()));
    Shape to = Shape.of(elementType, shape().dimensions());
    return of(file, name, FileType.known(type.name(), elementType), to, converted);
  }

  /** Whether a conversion of the elements makes the tensor one of a type. */
  boolean isConvertible(Class<? extends Element> tensorType) {
    if (!isReadable() || isUntyped()) {
      return false;
    }
    Shape expected = Shape.of(tensorType);
    ElementType to = expected.elementType();
    return ElementConversion.isPossible(shape().elementType(), to)
        && expected.equals(Shape.of(to, shape().dimensions()));
  }

  /**
   * Lets a device have the tensor, and waits until it does: without a copy on a CPU device, as
   * {@link Device#putShared(Class, MemorySegment)} says, if the elements are the file's memory and
   * begin at a multiple of 64 there, which they do in every {@code .npy} and mostly in what {@link
   * TensorWriter} writes. A kernel that the buffer is donated to copies it first; for state that
   * kernels change in place, {@code device.put(tensor.toHostTensor(type))} copies once.
   *
   * @throws ArgumentException if the type's shape is another one, or an element is none of its type
   * @throws BufferStateException if the client was closed
   * @throws FileFormatException as {@link #segment} does
   */
  public <T extends Element> DeviceBuffer<T> put(Device device, Class<T> type) {
    return putAsync(device, type).value();
  }

  /** Starts letting a device have the tensor, as {@link #put(Device, Class)} does. */
  public <T extends Element> BufferPromise<T> putAsync(Device device, Class<T> type) {
    return device.putSharedAsync(type, typed(type).segment());
  }

  /** As {@link #put(Device, Class)}, for shapes that are known only when the program runs. */
  public DeviceBuffer<?> put(Device device) {
    return putAsync(device).value();
  }

  /** As {@link #putAsync(Device, Class)}, for shapes known only when the program runs. */
  public BufferPromise<?> putAsync(Device device) {
    return device.putSharedAsync(shape(), segment());
  }

  /**
   * A copy in host memory, which a CPU device can take over, and which gives Java arrays: {@code
   * toHostTensor(W1.class).toArray(float[][].class)}.
   *
   * @throws ArgumentException as {@link #put(Device, Class)} does
   * @throws FileFormatException as {@link #segment} does
   */
  public <T extends Element> HostTensor<T> toHostTensor(Class<T> type) {
    return HostTensor.allocate(type).set(typed(type).segment());
  }

  /** As {@link #toHostTensor(Class)}, for shapes that are known only when the program runs. */
  public HostTensor<?> toHostTensor() {
    return HostTensor.allocate(shape()).set(segment());
  }

  /** Why a tensor type does not fit, or an empty text if it does. */
  String mismatch(Class<? extends Element> tensorType) {
    Shape expected = Shape.of(tensorType);
    if (isReadable()) {
      Shape found = shape();
      boolean fits =
          isUntyped()
              ? expected.elementType().hostBytes() == found.elementType().hostBytes()
                  && expected.equals(Shape.of(expected.elementType(), found.dimensions()))
              : expected.equals(found);
      if (fits) {
        return "";
      }
    }
    return "%s (%s) is expected, and the file has %s"
        .formatted(
            expected,
            tensorType.getSimpleName(),
            isReadable() ? described() : type.whyUnreadable());
  }

  private FileTensor typed(Class<? extends Element> tensorType) {
    String mismatch = mismatch(tensorType);
    if (!mismatch.isEmpty()) {
      throw new ArgumentException("%s: %s: %s".formatted(file, name, mismatch));
    }
    return as(Shape.of(tensorType).elementType());
  }

  private String described() {
    if (!isReadable()) {
      return dimensions + " of " + typeName();
    }
    return isUntyped() ? "%s, %s".formatted(shape(), type.note()) : shape().toString();
  }

  /** The name, and the shape or what stands in its place. */
  @Override
  public String toString() {
    return name + ": " + described();
  }
}
