package org.hlo4j.cli.init;

import java.util.Arrays;
import java.util.stream.Collectors;
import org.hlo4j.type.Shape;

/** Names the interface of a tensor type: {@code F32x24x8} of {@code tensor<24x8xf32>}. */
final class TensorTypeName {
  private TensorTypeName() {}

  static String of(Shape shape) {
    String element = shape.elementType().marker().getSimpleName();
    if (shape.rank() == 0) {
      return element + "Scalar";
    }
    return Arrays.stream(shape.dimensions())
        .mapToObj(size -> "x" + size)
        .collect(Collectors.joining("", element, ""));
  }
}
