package org.hlo4j.data.internal.write;

import java.io.IOException;
import java.lang.foreign.MemorySegment;
import java.lang.foreign.ValueLayout;
import org.hlo4j.Tensor;
import org.hlo4j.TensorView;
import org.hlo4j.data.internal.element.NativeCopy;
import org.hlo4j.type.ElementType;
import org.hlo4j.type.ElementType.Kind;
import org.hlo4j.type.Shape;

/**
 * A tensor that is to be written.
 *
 * @param lender gives its elements for a while
 */
public record Source(String name, Shape shape, Lender lender) {
  /** Shows elements to a sink, for as long as that takes. */
  public interface Lender {
    void lendTo(Sink sink) throws IOException;
  }

  public interface Sink {
    void accept(MemorySegment elements) throws IOException;
  }

  public static Source of(String name, Tensor<?> tensor) {
    return new Source(
        name,
        tensor.shape(),
        sink -> {
          try (TensorView<?> view = tensor.view()) {
            sink.accept(view.segment());
          }
        });
  }

  /** Shows the elements as Python has them in memory, which is without signs in unused bits. */
  void lendTo(Sink sink) throws IOException {
    lender.lendTo(elements -> sink.accept(withZerosAbove(shape.elementType(), elements)));
  }

  private static MemorySegment withZerosAbove(ElementType type, MemorySegment elements) {
    if (type.kind() != Kind.SIGNED || type.bits() >= Byte.SIZE) {
      return elements;
    }
    MemorySegment copy = NativeCopy.allocate(elements.byteSize());
    for (long i = 0; i < copy.byteSize(); i++) {
      int bits = elements.get(ValueLayout.JAVA_BYTE, i) & ((1 << type.bits()) - 1);
      copy.set(ValueLayout.JAVA_BYTE, i, (byte) bits);
    }
    return copy;
  }
}
