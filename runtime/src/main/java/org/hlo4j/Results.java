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
 * The outputs of a started call. The caller assigns each a tensor type; generated code does so for
 * types that the processor has checked. {@link #promise} and {@link #buffer} are for calls on one
 * device, {@link #shardedPromise} and {@link #shardedBuffer} for calls on a {@link DeviceGroup}.
 * Safe for use by multiple threads.
 */
public final class Results {
  private final CallOutputs results;
  private final DeviceGroup group;

  private Results(CallOutputs results, DeviceGroup group) {
    this.results = results;
    this.group = group;
  }

  /** Returns the outputs of a call by this thread, whose scope closes them. */
  static Results created(CallOutputs results, DeviceGroup group) {
    return new Results(TensorScope.add(results), group);
  }

  /** Returns the number of outputs. */
  public int size() {
    return results.size();
  }

  /**
   * Returns the promise of an output by its index, from 0.
   *
   * @throws ArgumentException if the call runs on several devices
   */
  public <T extends Element> BufferPromise<T> promise(int index) {
    return new BufferPromise<>(results.output(index), group.device(0));
  }

  /**
   * Waits for an output and returns it by its index, from 0. An output that was closed or donated
   * meanwhile is returned as is, and throws on its next use.
   *
   * @throws ArgumentException if the call runs on several devices
   * @throws PjrtException if the work failed
   */
  public <T extends Element> DeviceBuffer<T> buffer(int index) {
    BufferState output = results.output(index);
    Completion.await(output.settled(), output.origin());
    return new DeviceBuffer<>(output, group.device(0));
  }

  /** Returns the promise of an output on all devices by its index, from 0. */
  public <T extends Element> ShardedPromise<T> shardedPromise(int index) {
    return new ShardedPromise<>(results.shardedOutput(index), group);
  }

  /**
   * Waits for an output on all devices and returns it, like {@link #buffer}.
   *
   * @throws PjrtException if the work failed
   */
  public <T extends Element> ShardedBuffer<T> shardedBuffer(int index) {
    ShardSet output = results.shardedOutput(index);
    output.shards().forEach(shard -> Completion.await(shard.settled(), shard.origin()));
    return new ShardedBuffer<>(output, group);
  }

  /** Returns a promise that completes when all outputs are ready on all devices. */
  public Promise<Void> complete() {
    return new FuturePromise<>(
        new Completion<>(results.completion(), PromiseFuture::nothing, results.site()));
  }

  /** Closes all outputs, for a caller that does not return them. */
  void close() {
    results.close();
  }
}
