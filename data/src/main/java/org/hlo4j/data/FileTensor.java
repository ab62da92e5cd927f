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
 * A tensor in a file: its name, shape and elements. The elements are the file's mapped memory if
 * their layout allows it. Immutable; safe for use by multiple threads.
 *
 * <p>Some element types have no name in a format. NumPy writes {@code bf16}, and all types of
 * {@code ml_dtypes}, as raw bytes ({@code V2}, {@code V1}): {@link #put(Device, Class)} interprets
 * them as the tensor type's element type, and {@link #as} as a given one. Until then they appear as
 * unsigned integers with the same bits.
 *
 * <p>Tensors of types that StableHLO lacks, such as NumPy's strings or six-bit floats, are listed,
 * but methods that need their elements throw {@link FileFormatException}.
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

  /** Returns a tensor with readable elements. */
  static FileTensor of(
      String file, String name, FileType type, Shape shape, Supplier<MemorySegment> content) {
    return new FileTensor(file, name, type, "", () -> shape, content);
  }

  /** Returns a tensor with unreadable elements, since StableHLO lacks their type. */
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

  /** Returns the name, unique in its file. */
  public String name() {
    return name;
  }

  /** Returns the element type's name in the file: {@code <f4}, {@code BF16}, {@code V2}. */
  public String typeName() {
    return type.name();
  }

  /** Returns whether StableHLO has the element type, or a type of the width of the raw bytes. */
  public boolean isReadable() {
    return type.elementType() != null;
  }

  /** Returns whether the elements are raw bytes, whose type the file does not specify. */
  public boolean isUntyped() {
    return type.isUntyped();
  }

  /**
   * Returns the element type and dimensions; an unsigned integer type for raw bytes.
   *
   * @throws FileFormatException if StableHLO lacks the element type
   */
  public Shape shape() {
    return shape.get();
  }

  /**
   * Returns the elements, read-only: dense and row-major, in the machine's byte order, with those
   * narrower than a byte in one byte each. The segment is the file's memory, at any alignment,
   * unless the file has the elements compressed, packed, in another byte order, or in Fortran
   * order; then it is a copy, made once. It stays valid while it is reachable.
   *
   * @throws FileFormatException if StableHLO lacks the element type, or compressed bytes are
   *     corrupt
   */
  public MemorySegment segment() {
    return content.get();
  }

  /**
   * Returns this tensor with its bits reinterpreted as another element type. Allowed for {@code
   * V2}, {@code V1} and unsigned integer types.
   *
   * <pre>{@code
   * FileTensor w1 = file.tensor("w1").as(ElementType.BF16);   // np.save(…, w1.view(np.uint16))
   * }</pre>
   *
   * @throws ArgumentException if the elements have another width, or already have a type
   */
  public FileTensor as(ElementType elementType) {
    Shape from = shape();
    if (elementType == from.elementType()) {
      return this;
    }
    if (!type.isBits() || elementType.hostBytes() != from.elementType().hostBytes()) {
      throw new ArgumentException(
          "%s: the %s %s cannot be read as %s; only raw bytes and unsigned integers of the same width can"
              .formatted(file, typeName(), name, elementType));
    }
    Shape to = Shape.of(elementType, from.dimensions());
    return of(file, name, FileType.known(type.name(), elementType), to, content);
  }

  /**
   * Returns this tensor converted to another element type. The conversion is made on first access.
   * Integers keep their values; floats, and integers converted to floats, are rounded to nearest,
   * ties to even.
   *
   * @throws ArgumentException if there is no such conversion: from floats to integers, and from and
   *     to {@code i1}, complex numbers, {@code f4E2M1FN} and {@code f8E8M0FNU}; and, on access, if
   *     a finite number is out of the type's range
   * @throws FileFormatException if StableHLO lacks the element type
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

  /** Returns whether converting the elements yields a tensor of the given type. */
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
   * Puts the tensor on a device and waits until it is ready. On a CPU device this is zero-copy,
   * like {@link Device#putShared(Class, MemorySegment)}, if the elements are the file's memory and
   * aligned to 64 bytes, which they are in every {@code .npy} and mostly in files of {@link
   * TensorWriter}. A kernel to which the buffer is donated copies it first; for state that kernels
   * update in place, {@code device.put(tensor.toHostTensor(type))} copies only once.
   *
   * @throws ArgumentException if the type declares another shape, or an element is not a value of
   *     it
   * @throws BufferStateException if the client was closed
   * @throws FileFormatException as {@link #segment} does
   */
  public <T extends Element> DeviceBuffer<T> put(Device device, Class<T> type) {
    return putAsync(device, type).value();
  }

  /** Starts putting the tensor on a device, like {@link #put(Device, Class)}. */
  public <T extends Element> BufferPromise<T> putAsync(Device device, Class<T> type) {
    return device.putSharedAsync(type, typed(type).segment());
  }

  /** Like {@link #put(Device, Class)}, for shapes known only at run time. */
  public DeviceBuffer<?> put(Device device) {
    return putAsync(device).value();
  }

  /** Like {@link #putAsync(Device, Class)}, for shapes known only at run time. */
  public BufferPromise<?> putAsync(Device device) {
    return device.putSharedAsync(shape(), segment());
  }

  /**
   * Returns a copy in host memory, which can be handed over to a CPU device, or read as Java
   * arrays: {@code toHostTensor(W1.class).toArray(float[][].class)}.
   *
   * @throws ArgumentException as {@link #put(Device, Class)} does
   * @throws FileFormatException as {@link #segment} does
   */
  public <T extends Element> HostTensor<T> toHostTensor(Class<T> type) {
    return HostTensor.allocate(type).set(typed(type).segment());
  }

  /** Like {@link #toHostTensor(Class)}, for shapes known only at run time. */
  public HostTensor<?> toHostTensor() {
    return HostTensor.allocate(shape()).set(segment());
  }

  /** Returns why a tensor type does not match; empty if it does. */
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
    return "expected %s (%s), but the file has %s"
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

  /** Returns the name, and the shape or its substitute. */
  @Override
  public String toString() {
    return name + ": " + described();
  }
}
