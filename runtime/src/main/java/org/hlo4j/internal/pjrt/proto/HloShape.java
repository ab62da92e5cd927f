package org.hlo4j.internal.pjrt.proto;

import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import org.hlo4j.type.ElementType;
import org.hlo4j.type.Shape;
import org.jspecify.annotations.Nullable;

/**
 * What XLA calls a shape: the type of an array, or of a tuple, and how it lies in memory.
 * Immutable.
 *
 * @param elementType by XLA's number of it
 * @param array null if it is no array, or one of elements that StableHLO does not have
 * @param parts what a tuple consists of
 * @param rowMajor whether it lies in memory as the host has it
 * @see <a href="https://github.com/openxla/xla/blob/main/xla/xla_data.proto">xla_data.proto</a>
 */
record HloShape(int elementType, @Nullable Shape array, List<HloShape> parts, boolean rowMajor) {
  private static final int ELEMENT_TYPE = 2;
  private static final int DIMENSIONS = 3;
  private static final int TUPLE = 4;
  private static final int LAYOUT = 5;
  private static final int LAYOUT_MINOR_TO_MAJOR = 1;

  /** XLA's number of tuples, which no element type has. */
  private static final int TUPLE_TYPE = 13;

  /** Whether it is a tuple, be it of no parts. */
  boolean isTuple() {
    return elementType == TUPLE_TYPE;
  }

  static HloShape read(ProtoReader message) {
    int type = 0;
    boolean rowMajor = true;
    List<Long> dimensions = new ArrayList<>();
    List<HloShape> parts = new ArrayList<>();
    while (message.next()) {
      switch (message.field()) {
        case ELEMENT_TYPE -> type = (int) message.integer();
        case DIMENSIONS -> message.integers(dimensions::add);
        case TUPLE -> parts.add(read(message.message()));
        case LAYOUT -> rowMajor &= isRowMajor(message.message());
        default -> {}
      }
    }
    ElementType element = BufferTypes.elementTypeOfHlo(type);
    Shape array =
        element == null
            ? null
            : Shape.of(element, dimensions.stream().mapToLong(Long::longValue).toArray());
    return new HloShape(
        type, array, List.copyOf(parts), rowMajor && parts.stream().allMatch(HloShape::rowMajor));
  }

  private static boolean isRowMajor(ProtoReader layout) {
    List<Long> minorToMajor = new ArrayList<>();
    while (layout.next()) {
      if (layout.field() == LAYOUT_MINOR_TO_MAJOR) {
        layout.integers(minorToMajor::add);
      }
    }
    return minorToMajor.equals(minorToMajor.stream().sorted(Comparator.reverseOrder()).toList());
  }

  /** As StableHLO writes it, as far as it can. */
  String type() {
    return array == null ? "type " + elementType : array.toString();
  }

  /** The bytes of an array; 0 for a scalar, and for all else. */
  long bufferBytes() {
    return array == null || array.rank() == 0 ? 0 : array.byteSize();
  }
}
