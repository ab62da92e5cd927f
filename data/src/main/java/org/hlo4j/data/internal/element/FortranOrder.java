package org.hlo4j.data.internal.element;

import java.lang.foreign.MemorySegment;
import org.hlo4j.type.Shape;

/** Converts elements from column-major to row-major order, in a copy. */
public final class FortranOrder {
  private final Shape shape;
  private final long[] strides;
  private final long width;

  private FortranOrder(Shape shape) {
    this.shape = shape;
    this.width = shape.elementType().hostBytes();
    this.strides = new long[shape.rank()];
    long stride = width;
    for (int axis = 0; axis < strides.length; axis++) {
      strides[axis] = stride;
      stride *= shape.dimension(axis);
    }
  }

  public static MemorySegment toRowMajor(Shape shape, MemorySegment elements) {
    return shape.rank() < 2 || shape.elementCount() == 0
        ? elements
        : new FortranOrder(shape).transpose(elements);
  }

  private MemorySegment transpose(MemorySegment elements) {
    MemorySegment copy = NativeCopy.allocate(elements.byteSize());
    long[] index = new long[strides.length];
    long source = 0;
    for (long target = 0; target < copy.byteSize(); target += width) {
      MemorySegment.copy(elements, source, copy, target, width);
      source = next(index, source);
    }
    return copy;
  }

  /** Increments the index, last axis first, and returns the offset of its element. */
  private long next(long[] index, long source) {
    long place = source;
    for (int axis = index.length - 1; axis >= 0; axis--) {
      index[axis]++;
      place += strides[axis];
      if (index[axis] < shape.dimension(axis)) {
        return place;
      }
      place -= index[axis] * strides[axis];
      index[axis] = 0;
    }
    return place;
  }
}
