package org.hlo4j.internal.host;

import java.lang.foreign.MemorySegment;
import org.hlo4j.error.ArgumentException;
import org.hlo4j.type.Shape;

/** A memory segment with the bytes of a tensor's elements, in native byte order. */
final class HostSegment extends HostData {
  private final MemorySegment memory;

  HostSegment(Shape shape, MemorySegment memory) {
    super(shape);
    this.memory = memory;
  }

  @Override
  void check() {
    if (memory.byteSize() != shape.byteSize()) {
      throw new ArgumentException(
          "%s takes %s bytes, not the %s of this MemorySegment"
              .formatted(shape, shape.byteSize(), memory.byteSize()));
    }
  }

  @Override
  void checkTarget() {
    if (memory.byteSize() != shape.byteSize() || memory.isReadOnly()) {
      throw new ArgumentException(
          "%s needs %s writable bytes; this MemorySegment has %s%s"
              .formatted(
                  shape,
                  shape.byteSize(),
                  memory.byteSize(),
                  memory.isReadOnly() ? ", read-only" : ""));
    }
  }

  @Override
  void copyTo(MemorySegment target) {
    target.copyFrom(memory);
  }

  @Override
  void copyFrom(MemorySegment source) {
    memory.copyFrom(source);
  }

  /** The bytes may also be zero-extended bits of elements. */
  @Override
  public void write(MemorySegment target) {
    copyTo(target);
    StoredBytes.checkBits(shape, target);
  }
}
