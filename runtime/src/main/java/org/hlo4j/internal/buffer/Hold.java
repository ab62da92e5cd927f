package org.hlo4j.internal.buffer;

import java.util.concurrent.CompletableFuture;
import org.jspecify.annotations.Nullable;

/** A hold on a native buffer: there already, or there once a deferred call has been launched. */
sealed interface Hold permits BufferCleaner, Deferral {
  /** The holder of the native buffer; null as long as there is none. */
  @Nullable BufferCleaner owner();

  /** Whether it was released, if only for when there is a native buffer. */
  boolean isReleased();

  /** Releases it, at once or when there is a native buffer. Releasing again does nothing. */
  void release();

  /** Completes once there is an owner, or with the failure of the call that was deferred. */
  CompletableFuture<Void> materialized();
}
