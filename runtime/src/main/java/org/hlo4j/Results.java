package org.hlo4j;

import java.util.concurrent.CompletableFuture;
import org.hlo4j.error.PjrtException;
import org.hlo4j.type.Element;
import org.jspecify.annotations.Nullable;

/**
 * The outputs of a call that has been started. The caller gives each its tensor type: generated
 * code does so for types that the processor has checked. Safe for use by many threads.
 */
public final class Results {
  private final DeviceBuffer<?>[] outputs;
  private final @Nullable CompletableFuture<Void> complete;
  private final CallSite site;

  Results(DeviceBuffer<?>[] outputs, @Nullable CompletableFuture<Void> complete, CallSite site) {
    this.outputs = outputs;
    this.complete = complete;
    this.site = site;
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
   * answered as it is: its next use says so.
   *
   * @throws PjrtException if the work has failed
   */
  public <T extends Element> DeviceBuffer<T> buffer(int index) {
    return this.<T>output(index).whenSettled().value();
  }

  @SuppressWarnings("unchecked") // The type is a phantom: only the shape is there to be right.
  private <T extends Element> DeviceBuffer<T> output(int index) {
    return (DeviceBuffer<T>) outputs[index];
  }

  /** A promise of the call's end: all outputs are there. */
  public Promise<Void> complete() {
    return new FuturePromise<>(completion(), FuturePromise::nothing, site::toString);
  }

  private CompletableFuture<Void> completion() {
    if (complete != null) {
      return complete;
    }
    CompletableFuture<?>[] all = new CompletableFuture<?>[outputs.length];
    for (int i = 0; i < all.length; i++) {
      all[i] = outputs[i].settled();
    }
    return CompletableFuture.allOf(all);
  }
}
