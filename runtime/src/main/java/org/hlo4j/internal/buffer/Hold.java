package org.hlo4j.internal.buffer;

import java.util.concurrent.CompletableFuture;
import org.jspecify.annotations.Nullable;

/** A hold on a native buffer, which may not exist until a deferred call is launched. */
sealed interface Hold permits BufferCleaner, Deferral {
  /** Returns the holder of the native buffer; null until there is one. */
  @Nullable BufferCleaner owner();

  /** Returns whether it was released, possibly before the native buffer exists. */
  boolean isReleased();

  /** Releases it now, or as soon as the native buffer exists. Idempotent. */
  void release();

  /** Completes once there is an owner, or with the failure of the deferred call. */
  CompletableFuture<Void> materialized();
}
