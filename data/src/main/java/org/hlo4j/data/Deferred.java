package org.hlo4j.data;

import java.lang.foreign.MemorySegment;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/** Memory that is made when it is first asked for, once. Safe for use by many threads. */
final class Deferred implements Supplier<MemorySegment> {
  private final Supplier<MemorySegment> maker;
  private @Nullable MemorySegment made;

  Deferred(Supplier<MemorySegment> maker) {
    this.maker = maker;
  }

  @Override
  public synchronized MemorySegment get() {
    MemorySegment known = made;
    if (known == null) {
      known = maker.get().asReadOnly();
      made = known;
    }
    return known;
  }
}
