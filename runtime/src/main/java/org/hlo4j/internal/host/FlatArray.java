package org.hlo4j.internal.host;

import java.lang.foreign.MemorySegment;
import java.lang.reflect.Array;
import org.hlo4j.error.ArgumentException;
import org.hlo4j.type.Shape;

/** A flat array of primitives with all elements of a tensor, row-major. */
sealed class FlatArray extends HostData permits BoxedScalar {
  /** Some JVMs cannot allocate longer arrays. */
  private static final int LONGEST = Integer.MAX_VALUE - 8;

  private final Object array;

  /** Accepts an object of any type; {@link #check} rejects all but arrays. */
  FlatArray(Shape shape, Object array) {
    super(shape);
    this.array = array;
  }

  private static long lengthFor(Shape shape) {
    return shape.elementCount() * Carrier.perElement(shape.elementType());
  }

  /**
   * Checks that arrays of a type can hold a shape's elements.
   *
   * @throws ArgumentException if they cannot carry the element type, or cannot be that long
   */
  static void checkArrayType(Shape shape, Class<?> arrayType) {
    Carrier carrier = Carrier.ofArray(arrayType);
    if (carrier == null || !Carrier.of(shape.elementType()).contains(carrier)) {
      throw wrongType(shape, arrayType);
    }
    if (lengthFor(shape) > LONGEST) {
      throw new ArgumentException(shape + " has more elements than a Java array can hold");
    }
  }

  static ArgumentException wrongType(Shape shape, Class<?> type) {
    return new ArgumentException(
        "%s requires a %s, not a %s"
            .formatted(shape, Carrier.namesFor(shape), type.getSimpleName()));
  }

  @Override
  void check() {
    checkArrayType(shape, array.getClass());
    int length = Array.getLength(array);
    if (length != lengthFor(shape)) {
      throw new ArgumentException(
          "%s takes %s %s, not the %s of this %s"
              .formatted(
                  shape,
                  lengthFor(shape),
                  lengthFor(shape) == shape.elementCount() ? "elements" : "values, two per element",
                  length,
                  array.getClass().getSimpleName()));
    }
  }

  @Override
  void copyTo(MemorySegment target) {
    ArrayConversion.write(shape.elementType(), array, target);
  }

  @Override
  void copyFrom(MemorySegment source) {
    ArrayConversion.read(shape.elementType(), source, array);
  }

  static <A> A readNew(Shape shape, Class<A> arrayType, MemorySegment source) {
    A array =
        arrayType.cast(
            Array.newInstance(arrayType.getComponentType(), Math.toIntExact(lengthFor(shape))));
    new FlatArray(shape, array).copyFrom(source);
    return array;
  }
}
