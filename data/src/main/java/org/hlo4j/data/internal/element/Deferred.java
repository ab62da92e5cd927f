package org.hlo4j.data.internal.element;

import java.lang.foreign.MemorySegment;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/** Memory that is created once, on first access. Safe for use by multiple threads. */
public final class Deferred implements Supplier<MemorySegment> {
  private final Supplier<MemorySegment> maker;
  private @Nullable MemorySegment made;

  public Deferred(Supplier<MemorySegment> maker) {
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
