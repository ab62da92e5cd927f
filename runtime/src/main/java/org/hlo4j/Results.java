package org.hlo4j;

import java.util.Arrays;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.stream.IntStream;
import org.hlo4j.error.PjrtException;
import org.hlo4j.type.Element;
import org.jspecify.annotations.Nullable;

/**
 * The outputs of a call that has been started. The caller gives each its tensor type: generated
 * code does so for types that the processor has checked. Safe for use by many threads.
 */
public final class Results {
  private final DeviceBuffer<?>[] outputs;

  /** When the call has ended, for one that has no outputs that say so. */
  private final @Nullable CompletableFuture<Void> complete;

  /** The call with all outputs, if these are some of them. */
  private final @Nullable Results whole;

  private final CallSite site;

  Results(DeviceBuffer<?>[] outputs, @Nullable CompletableFuture<Void> complete, CallSite site) {
    this.outputs = outputs;
    this.whole = null;
    this.complete = complete;
    this.site = site;
  }

  /** The same call without some of its outputs, which somebody else has. */
  Results without(Set<Integer> taken) {
    return new Results(this, IntStream.range(0, size()).filter(i -> !taken.contains(i)).toArray());
  }

  private Results(Results whole, int[] kept) {
    this.outputs =
        Arrays.stream(kept).mapToObj(i -> whole.outputs[i]).toArray(DeviceBuffer<?>[]::new);
    this.complete = null;
    this.whole = whole;
    this.site = whole.site;
  }

  /** The number of outputs. */
  public int size() {
    return outputs.length;
  }

  /** A promise of an output, counted from 0. */
  public <T extends Element> BufferPromise<T> promise(int index) {
    return new BufferPromise<>(this.<T>output(index));
  }

  /**
   * An output, counted from 0. Waits for it. One that was closed or given away meanwhile is
   * returned as it is: its next use says so.
   *
   * @throws PjrtException if the work has failed
   */
  public <T extends Element> DeviceBuffer<T> buffer(int index) {
    return this.<T>output(index).whenSettled().value();
  }

  /** An output, which need not be ready, and may be deferred. */
  @SuppressWarnings("unchecked") // The type is a phantom: only the shape is there to be right.
  <T extends Element> DeviceBuffer<T> output(int index) {
    return (DeviceBuffer<T>) outputs[index];
  }

  /** A promise of the call's end: all outputs are there. */
  public Promise<Void> complete() {
    return new FuturePromise<>(completion(), FuturePromise::nothing, site::toString);
  }

  CompletableFuture<Void> completion() {
    if (whole != null) {
      return whole.completion();
    }
    if (complete != null) {
      return complete;
    }
    if (outputs.length == 1) {
      return outputs[0].settled();
    }
    CompletableFuture<?>[] all = new CompletableFuture<?>[outputs.length];
    for (int i = 0; i < all.length; i++) {
      all[i] = outputs[i].settled();
    }
    return CompletableFuture.allOf(all);
  }

  /** Closes all outputs, for a caller that will not hand them on. */
  void close() {
    for (int i = 0; i < size(); i++) {
      promise(i).close();
    }
  }
}
