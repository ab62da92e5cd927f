package org.hlo4j.internal.pjrt.proto;

import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import org.hlo4j.type.ElementType;
import org.hlo4j.type.Shape;
import org.jspecify.annotations.Nullable;

/**
 * An XLA shape: the type of an array or a tuple, with its layout. Immutable.
 *
 * @param elementType XLA's number of the element type
 * @param array null if it is not an array, or StableHLO lacks the element type
 * @param parts the elements of a tuple
 * @param rowMajor whether its layout is the host's
 * @see <a href="https://github.com/openxla/xla/blob/main/xla/xla_data.proto">xla_data.proto</a>
 */
record HloShape(int elementType, @Nullable Shape array, List<HloShape> parts, boolean rowMajor) {
  private static final int ELEMENT_TYPE = 2;
  private static final int DIMENSIONS = 3;
  private static final int TUPLE = 4;
  private static final int LAYOUT = 5;
  private static final int LAYOUT_MINOR_TO_MAJOR = 1;

  /** XLA's number of tuples. */
  private static final int TUPLE_TYPE = 13;

  /** Returns whether it is a tuple, possibly an empty one. */
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

  /** Returns the type in StableHLO syntax, if it has one. */
  String type() {
    return array == null ? "type " + elementType : array.toString();
  }

  /** Returns the size of an array in bytes; 0 for scalars and other types. */
  long bufferBytes() {
    return array == null || array.rank() == 0 ? 0 : array.byteSize();
  }
}
