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
 * A tensor to be written.
 *
 * @param lender gives access to its elements
 */
public record Source(String name, Shape shape, Lender lender) {
  /** Passes elements to a sink, for the duration of the call. */
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

  /** Passes the elements in Python's format, which has no sign in unused bits. */
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
