package org.hlo4j;

import java.time.Duration;
import java.util.concurrent.CompletableFuture;
import java.util.stream.IntStream;
import org.hlo4j.internal.buffer.ShardSet;
import org.hlo4j.type.Element;

/**
 * A tensor that is being computed or transferred on a group of devices: the result of an async
 * kernel or transfer. It can be passed to the next kernel, or read asynchronously, without waiting,
 * since PJRT orders the work; only {@link #value()} waits. Safe for use by multiple threads.
 *
 * @param <T> the tensor type of the whole tensor
 */
public final class ShardedPromise<T extends Element> extends Sharded<T>
    implements Promise<ShardedBuffer<T>> {
  private final ShardedBuffer<T> buffer;

  ShardedPromise(ShardSet state, DeviceGroup group) {
    this(new ShardedBuffer<>(state, group));
  }

  private ShardedPromise(ShardedBuffer<T> buffer) {
    this.buffer = buffer;
  }

  /** Returns the promise of new buffers, which this thread's scope closes. */
  static <T extends Element> ShardedPromise<T> created(ShardSet state, DeviceGroup group) {
    state.shards().forEach(TensorScope::add);
    return new ShardedPromise<>(state, group);
  }

  @Override
  ShardSet state() {
    return buffer.state();
  }

  @Override
  public DeviceGroup group() {
    return buffer.group();
  }

  private Promise<Void> arrival() {
    return Promise.all(IntStream.range(0, group().size()).mapToObj(this::shardPromise).toList());
  }

  private Promise<?> shardPromise(int place) {
    return new BufferPromise<>(state().shardAt(place), group().device(place));
  }

  @Override
  public ShardedBuffer<T> value() {
    arrival().value();
    return buffer;
  }

  @Override
  public ShardedBuffer<T> value(Duration timeout) {
    arrival().value(timeout);
    return buffer;
  }

  @Override
  public boolean isReady() {
    return state().settled().isDone();
  }

  @Override
  public CompletableFuture<ShardedBuffer<T>> toCompletableFuture() {
    return arrival().toCompletableFuture().thenApply(unused -> buffer);
  }

  @Override
  public ShardedPromise<T> replica(int replica) {
    return new ShardedPromise<>(buffer.replica(replica));
  }

  @Override
  public <S extends Element> ShardedPromise<S> as(Class<S> type) {
    return new ShardedPromise<>(buffer.as(type));
  }

  /** Returns the type, and the values if they are ready. Never waits. */
  @Override
  public String toString() {
    return isReady() ? buffer.toString() : state().description() + ", not ready";
  }
}
