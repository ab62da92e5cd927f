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
  /** One of the two is there: the second for a call that waits for its program or its arguments. */
  private final DeviceBuffer<?> @Nullable [] made;

  private final PendingBuffer<?> @Nullable [] pending;
  private final @Nullable CompletableFuture<Void> complete;

  /** The call with all outputs, if these are some of them. */
  private final @Nullable Results whole;

  private final CallSite site;

  Results(DeviceBuffer<?>[] outputs, @Nullable CompletableFuture<Void> complete, CallSite site) {
    this.made = outputs;
    this.pending = null;
    this.whole = null;
    this.complete = complete;
    this.site = site;
  }

  Results(PendingBuffer<?>[] outputs, CompletableFuture<Void> complete, CallSite site) {
    this.made = null;
    this.pending = outputs;
    this.whole = null;
    this.complete = complete;
    this.site = site;
  }

  /** The same call without some of its outputs, which somebody else has. */
  Results without(Set<Integer> taken) {
    return new Results(this, IntStream.range(0, size()).filter(i -> !taken.contains(i)).toArray());
  }

  private Results(Results whole, int[] kept) {
    this.made =
        whole.made == null
            ? null
            : Arrays.stream(kept).mapToObj(whole::output).toArray(DeviceBuffer<?>[]::new);
    this.pending =
        whole.pending == null
            ? null
            : Arrays.stream(kept)
                .mapToObj(i -> whole.waiting()[i])
                .toArray(PendingBuffer<?>[]::new);
    this.complete = null;
    this.whole = whole;
    this.site = whole.site;
  }

  /** The number of outputs. */
  public int size() {
    return made != null ? made.length : waiting().length;
  }

  private PendingBuffer<?>[] waiting() {
    if (pending == null) {
      throw new AssertionError("a call without outputs of either kind");
    }
    return pending;
  }

  /** A promise of an output, counted from 0. */
  @SuppressWarnings("unchecked") // The type is a phantom: only the shape is there to be right.
  public <T extends Element> BufferPromise<T> promise(int index) {
    return made != null
        ? new BufferPromise<>((DeviceBuffer<T>) made[index])
        : new BufferPromise<>((PendingBuffer<T>) waiting()[index]);
  }

  /**
   * An output, counted from 0. Waits for it. One that was closed or given away meanwhile is
   * answered as it is: its next use says so.
   *
   * @throws PjrtException if the work has failed
   */
  @SuppressWarnings("unchecked") // The type is a phantom: only the shape is there to be right.
  public <T extends Element> DeviceBuffer<T> buffer(int index) {
    return made != null
        ? ((DeviceBuffer<T>) made[index]).whenSettled().value()
        : ((PendingBuffer<T>) waiting()[index]).whenReady().value();
  }

  /** What is to be closed for an output. */
  AutoCloseable holder(int index) {
    return made != null ? made[index] : waiting()[index];
  }

  /** An output of a call that does not wait. */
  @SuppressWarnings("unchecked") // The type is a phantom: only the shape is there to be right.
  <T extends Element> DeviceBuffer<T> output(int index) {
    if (made == null) {
      throw new AssertionError("the outputs are not there yet");
    }
    return (DeviceBuffer<T>) made[index];
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
    DeviceBuffer<?>[] outputs = made == null ? new DeviceBuffer<?>[0] : made;
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
