package org.hlo4j;

import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.stream.Stream;
import org.hlo4j.error.PjrtException;
import org.hlo4j.type.Element;

/**
 * The outputs of a call on several devices that has been started. The caller gives each its tensor
 * type: generated code does so for types that the processor has checked. Safe for use by many
 * threads.
 */
public final class ShardedResults {
  private final List<ShardedBuffer<?>> outputs;
  private final List<CompletableFuture<Void>> complete;
  private final CallSite site;

  /**
   * Results.
   *
   * @param complete when each device has ended
   */
  ShardedResults(
      List<ShardedBuffer<?>> outputs, List<CompletableFuture<Void>> complete, CallSite site) {
    this.outputs = outputs;
    this.complete = complete;
    this.site = site;
  }

  /** The number of outputs. */
  public int size() {
    return outputs.size();
  }

  /** A promise of an output, counted from 0. */
  public <T extends Element> ShardedPromise<T> promise(int index) {
    return new ShardedPromise<>(this.<T>output(index));
  }

  /**
   * An output, counted from 0. Waits for it. One that was closed or given away meanwhile is
   * answered as it is: its next use says so.
   *
   * @throws PjrtException if the work has failed
   */
  public <T extends Element> ShardedBuffer<T> buffer(int index) {
    ShardedBuffer<T> output = this.<T>output(index);
    output.shardList().forEach(shard -> shard.whenSettled().value());
    return output;
  }

  @SuppressWarnings("unchecked") // The type is a phantom: only the shape is there to be right.
  <T extends Element> ShardedBuffer<T> output(int index) {
    return (ShardedBuffer<T>) outputs.get(index);
  }

  /** A promise of the call's end: all outputs are there, on all devices. */
  public Promise<Void> complete() {
    Stream<CompletableFuture<Void>> shards =
        outputs.stream().flatMap(output -> output.shardList().stream()).map(DeviceBuffer::settled);
    CompletableFuture<?>[] all =
        Stream.concat(shards, complete.stream()).toArray(CompletableFuture<?>[]::new);
    return new FuturePromise<>(
        CompletableFuture.allOf(all), FuturePromise::nothing, site::toString);
  }
}
