package org.hlo4j;

import java.util.Arrays;
import java.util.Objects;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.stream.IntStream;
import org.hlo4j.error.ArgumentException;
import org.hlo4j.error.PjrtException;
import org.hlo4j.internal.call.CallSite;
import org.hlo4j.internal.promise.PromiseFuture;
import org.hlo4j.type.Element;
import org.jspecify.annotations.Nullable;

/**
 * The outputs of a call that has been started. The caller gives each its tensor type: generated
 * code does so for types that the processor has checked. {@link #promise} and {@link #buffer} are
 * for calls on one device, {@link #shardedPromise} and {@link #shardedBuffer} for calls on a {@link
 * DeviceGroup}. Safe for use by many threads.
 */
public final class Results {
  private static final CompletableFuture<Void> ENDED = CompletableFuture.completedFuture(null);

  private final OutputLayout layout;

  /** The outputs of one device after the other. */
  private final DeviceBuffer<?>[] buffers;

  /** When the launch has ended, if anything but the outputs says so. */
  private final @Nullable CompletableFuture<Void> complete;

  /** The call with all outputs, if these are some of them. */
  private final @Nullable Results whole;

  private final CallSite site;

  Results(
      OutputLayout layout,
      DeviceBuffer<?>[] buffers,
      @Nullable CompletableFuture<Void> complete,
      CallSite site) {
    this.layout = layout;
    this.buffers = buffers;
    this.whole = null;
    this.complete = complete;
    this.site = site;
  }

  private Results(Results whole, int[] kept) {
    int all = whole.size();
    this.layout = whole.layout.only(kept);
    this.buffers =
        IntStream.range(0, whole.buffers.length)
            .filter(i -> Arrays.stream(kept).anyMatch(index -> index == i % all))
            .mapToObj(i -> whole.buffers[i])
            .toArray(DeviceBuffer<?>[]::new);
    this.complete = null;
    this.whole = whole;
    this.site = whole.site;
  }

  /** The same call without some of its outputs, which somebody else has. */
  Results without(Set<Integer> taken) {
    return new Results(this, IntStream.range(0, size()).filter(i -> !taken.contains(i)).toArray());
  }

  /** The number of outputs. */
  public int size() {
    return layout.size();
  }

  /**
   * A promise of an output, counted from 0.
   *
   * @throws ArgumentException if the call is one on several devices
   */
  public <T extends Element> BufferPromise<T> promise(int index) {
    return new BufferPromise<>(this.<T>output(index));
  }

  /**
   * An output, counted from 0. Waits for it. One that was closed or given away meanwhile is
   * returned as it is: its next use says so.
   *
   * @throws ArgumentException if the call is one on several devices
   * @throws PjrtException if the work has failed
   */
  public <T extends Element> DeviceBuffer<T> buffer(int index) {
    return this.<T>output(index).whenSettled().value();
  }

  /** A promise of an output on all devices, counted from 0. */
  public <T extends Element> ShardedPromise<T> shardedPromise(int index) {
    return new ShardedPromise<>(this.<T>shardedOutput(index));
  }

  /**
   * An output on all devices, counted from 0. Waits for it, as {@link #buffer} does.
   *
   * @throws PjrtException if the work has failed
   */
  public <T extends Element> ShardedBuffer<T> shardedBuffer(int index) {
    ShardedBuffer<T> output = this.<T>shardedOutput(index);
    output.shardList().forEach(shard -> shard.whenSettled().value());
    return output;
  }

  @SuppressWarnings("unchecked") // The type is a phantom: only the shape is there to be right.
  private <T extends Element> DeviceBuffer<T> output(int index) {
    if (buffers.length > size()) {
      throw new ArgumentException(
          "%s ran on %s: its outputs are sharded".formatted(site, layout.group()));
    }
    return (DeviceBuffer<T>) buffers[index];
  }

  private <T extends Element> ShardedBuffer<T> shardedOutput(int index) {
    DeviceBuffer<?>[] shards = new DeviceBuffer<?>[layout.group().size()];
    for (int i = 0; i < shards.length; i++) {
      shards[i] = buffers[i * size() + index];
    }
    return new ShardedBuffer<>(layout.group(), layout.shape(index), layout.sharding(index), shards);
  }

  /** The buffers of all outputs, of one device after the other. They may be deferred. */
  DeviceBuffer<?>[] buffers() {
    return buffers;
  }

  /** A promise of the call's end: all outputs are there, on all devices. */
  public Promise<Void> complete() {
    return new FuturePromise<>(completion(), PromiseFuture::nothing, site::toString);
  }

  CompletableFuture<Void> completion() {
    if (whole != null) {
      return whole.completion();
    }
    if (buffers.length == 0 && complete != null) {
      return complete;
    }
    if (buffers.length == 1 && complete == null) {
      return buffers[0].settled();
    }
    CompletableFuture<?>[] all = new CompletableFuture<?>[buffers.length + 1];
    for (int i = 0; i < buffers.length; i++) {
      all[i] = buffers[i].settled();
    }
    all[buffers.length] = launchEnd();
    return CompletableFuture.allOf(all);
  }

  /** When the launch has ended on all devices, as far as that shows without the outputs. */
  CompletableFuture<Void> launchEnd() {
    return Objects.requireNonNullElse(complete, ENDED);
  }

  /** Closes all outputs, for a caller that will not hand them on. */
  void close() {
    for (DeviceBuffer<?> buffer : buffers) {
      buffer.close();
    }
  }
}
