package org.hlo4j.internal.promise;

import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/** A value that is created on first use, once. */
public final class Once<A> implements Supplier<A> {
  private @Nullable Supplier<A> maker;
  private @Nullable A value;

  public Once(Supplier<A> maker) {
    this.maker = maker;
  }

  @Override
  public synchronized A get() {
    if (maker != null) {
      value = maker.get();
      maker = null;
    }
    if (value == null) {
      throw new AssertionError("the created value is null");
    }
    return value;
  }
}
