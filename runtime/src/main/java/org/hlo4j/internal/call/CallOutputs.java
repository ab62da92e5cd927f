package org.hlo4j.internal.call;

import java.util.Arrays;
import java.util.Objects;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.stream.IntStream;
import org.hlo4j.error.ArgumentException;
import org.hlo4j.internal.buffer.BufferState;
import org.hlo4j.internal.buffer.CallSite;
import org.hlo4j.internal.buffer.ShardSet;
import org.jspecify.annotations.Nullable;

/** The outputs of a started call. Safe for use by multiple threads. */
public final class CallOutputs {
  private static final CompletableFuture<Void> ENDED = CompletableFuture.completedFuture(null);

  private final OutputLayout layout;

  /** The outputs, device by device. */
  private final BufferState[] buffers;

  /** The end of the launch, if anything other than the outputs signals it. */
  private final @Nullable CompletableFuture<Void> complete;

  /** The call with all outputs, if these are a part of them. */
  private final @Nullable CallOutputs whole;

  private final CallSite site;

  CallOutputs(
      OutputLayout layout,
      BufferState[] buffers,
      @Nullable CompletableFuture<Void> complete,
      CallSite site) {
    this.layout = layout;
    this.buffers = buffers;
    this.whole = null;
    this.complete = complete;
    this.site = site;
  }

  private CallOutputs(CallOutputs whole, int[] kept) {
    int all = whole.size();
    this.layout = whole.layout.only(kept);
    this.buffers =
        IntStream.range(0, whole.buffers.length)
            .filter(i -> Arrays.stream(kept).anyMatch(index -> index == i % all))
            .mapToObj(i -> whole.buffers[i])
            .toArray(BufferState[]::new);
    this.complete = null;
    this.whole = whole;
    this.site = whole.site;
  }

  /** Returns the same call without outputs that have another owner. */
  CallOutputs without(Set<Integer> taken) {
    return new CallOutputs(
        this, IntStream.range(0, size()).filter(i -> !taken.contains(i)).toArray());
  }

  public int size() {
    return layout.size();
  }

  /**
   * Returns an output of a call on one device, by its index.
   *
   * @throws ArgumentException if the call runs on several devices
   */
  public BufferState output(int index) {
    if (buffers.length > size()) {
      throw new ArgumentException(
          "%s ran on %s: its outputs are sharded".formatted(site, layout.group()));
    }
    return buffers[index];
  }

  /** Returns an output on all devices, by its index. */
  public ShardSet shardedOutput(int index) {
    BufferState[] shards = new BufferState[layout.group().size()];
    for (int i = 0; i < shards.length; i++) {
      shards[i] = buffers[i * size() + index];
    }
    return new ShardSet(layout.group(), layout.shape(index), layout.tiling(index), shards);
  }

  /** Returns the buffers of all outputs, device by device. They may be deferred. */
  public BufferState[] buffers() {
    return buffers;
  }

  public CallSite site() {
    return site;
  }

  /** Completes when all outputs are ready on all devices. */
  public CompletableFuture<Void> completion() {
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

  /** Completes when the launch has ended on all devices, if observable without the outputs. */
  CompletableFuture<Void> launchEnd() {
    return Objects.requireNonNullElse(complete, ENDED);
  }

  /** Closes all outputs, for a caller that does not return them. */
  public void close() {
    for (BufferState buffer : buffers) {
      buffer.close();
    }
  }
}
