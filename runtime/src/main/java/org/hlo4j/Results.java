package org.hlo4j;

import org.hlo4j.error.ArgumentException;
import org.hlo4j.error.PjrtException;
import org.hlo4j.internal.buffer.BufferState;
import org.hlo4j.internal.buffer.ShardSet;
import org.hlo4j.internal.call.CallOutputs;
import org.hlo4j.internal.promise.Completion;
import org.hlo4j.internal.promise.PromiseFuture;
import org.hlo4j.type.Element;

/**
 * The outputs of a call that has been started. The caller gives each its tensor type: generated
 * code does so for types that the processor has checked. {@link #promise} and {@link #buffer} are
 * for calls on one device, {@link #shardedPromise} and {@link #shardedBuffer} for calls on a {@link
 * DeviceGroup}. Safe for use by many threads.
 */
public final class Results {
  private final CallOutputs results;
  private final DeviceGroup group;

  private Results(CallOutputs results, DeviceGroup group) {
    this.results = results;
    this.group = group;
  }

  /** The outputs of a call that this thread has just started, which its scope closes. */
  static Results created(CallOutputs results, DeviceGroup group) {
    return new Results(TensorScope.add(results), group);
  }

  /** The number of outputs. */
  public int size() {
    return results.size();
  }

  /**
   * A promise of an output, counted from 0.
   *
   * @throws ArgumentException if the call is one on several devices
   */
  public <T extends Element> BufferPromise<T> promise(int index) {
    return new BufferPromise<>(results.output(index), group.device(0));
  }

  /**
   * An output, counted from 0. Waits for it. One that was closed or given away meanwhile is
   * returned as it is: its next use says so.
   *
   * @throws ArgumentException if the call is one on several devices
   * @throws PjrtException if the work has failed
   */
  public <T extends Element> DeviceBuffer<T> buffer(int index) {
    BufferState output = results.output(index);
    Completion.await(output.settled(), output.origin());
    return new DeviceBuffer<>(output, group.device(0));
  }

  /** A promise of an output on all devices, counted from 0. */
  public <T extends Element> ShardedPromise<T> shardedPromise(int index) {
    return new ShardedPromise<>(results.shardedOutput(index), group);
  }

  /**
   * An output on all devices, counted from 0. Waits for it, as {@link #buffer} does.
   *
   * @throws PjrtException if the work has failed
   */
  public <T extends Element> ShardedBuffer<T> shardedBuffer(int index) {
    ShardSet output = results.shardedOutput(index);
    output.shards().forEach(shard -> Completion.await(shard.settled(), shard.origin()));
    return new ShardedBuffer<>(output, group);
  }

  /** A promise of the call's end: all outputs are there, on all devices. */
  public Promise<Void> complete() {
    return new FuturePromise<>(
        new Completion<>(results.completion(), PromiseFuture::nothing, results.site()));
  }

  /** Closes all outputs, for a caller that will not hand them on. */
  void close() {
    results.close();
  }
}
