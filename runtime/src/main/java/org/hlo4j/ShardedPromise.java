package org.hlo4j;

import java.time.Duration;
import java.util.concurrent.CompletableFuture;
import org.hlo4j.type.Element;

/**
 * A tensor on its way to a group of devices: the result of an async kernel or transfer. It goes
 * straight into the next kernel, or into an async read, and PJRT orders the work; only {@link
 * #value()} waits. Safe for use by many threads.
 *
 * @param <T> the tensor type, of the whole tensor
 */
public final class ShardedPromise<T extends Element> extends Sharded<T>
    implements Promise<ShardedBuffer<T>> {
  private final ShardedBuffer<T> buffer;

  ShardedPromise(ShardedBuffer<T> buffer) {
    this.buffer = buffer;
  }

  @Override
  ShardedBuffer<T> buffer() {
    return buffer;
  }

  @Override
  public ShardedBuffer<T> value() {
    buffer.whenReady().value();
    return buffer;
  }

  @Override
  public ShardedBuffer<T> value(Duration timeout) {
    buffer.whenReady().value(timeout);
    return buffer;
  }

  @Override
  public boolean isReady() {
    return buffer.isSettled();
  }

  @Override
  public CompletableFuture<ShardedBuffer<T>> toCompletableFuture() {
    return buffer.whenReady().toCompletableFuture().thenApply(unused -> buffer);
  }

  @Override
  public ShardedPromise<T> replica(int replica) {
    return new ShardedPromise<>(buffer.replica(replica));
  }

  @Override
  public <S extends Element> ShardedPromise<S> as(Class<S> type) {
    return new ShardedPromise<>(buffer.as(type));
  }

  /** The type, and either the values or that they are not there yet. Never waits. */
  @Override
  public String toString() {
    return isReady() ? buffer.toString() : buffer.description() + ", not ready";
  }
}
