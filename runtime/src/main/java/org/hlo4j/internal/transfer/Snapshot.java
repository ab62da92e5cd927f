package org.hlo4j.internal.transfer;

import java.lang.foreign.MemorySegment;
import java.util.concurrent.CompletableFuture;
import java.util.function.Function;
import java.util.function.Supplier;
import org.hlo4j.internal.buffer.BufferState;
import org.hlo4j.internal.buffer.CallSite;
import org.hlo4j.internal.host.StoredBytes;
import org.hlo4j.internal.jfr.TransferEvent;
import org.hlo4j.internal.memory.HostMemoryPool;
import org.hlo4j.internal.promise.Completion;
import org.hlo4j.internal.promise.Once;
import org.hlo4j.type.Shape;

/**
 * A copy of a buffer's content, in transfer to pooled host memory. It is enqueued immediately, so
 * closing or donating the buffer afterwards does not affect it.
 */
final class Snapshot {
  private final Shape shape;
  private final CallSite origin;
  private final HostMemoryPool.Block block;
  private final CompletableFuture<Void> complete;

  Snapshot(BufferState buffer) {
    // Not the buffer itself: a promise of its content should not keep its memory.
    shape = buffer.shape();
    origin = buffer.origin();
    block = HostMemoryPool.take(shape.byteSize());
    TransferEvent event = new TransferEvent();
    event.begin();
    complete = buffer.toHost(block.segment());
    event.end();
    report(event, buffer);
  }

  static void report(TransferEvent event, BufferState buffer) {
    if (event.shouldCommit()) {
      event.device = buffer.device().toString();
      event.bytes = buffer.shape().byteSize();
      event.commit();
    }
  }

  /** Completes when the content has arrived in the memory. */
  CompletableFuture<Void> complete() {
    return complete;
  }

  /** Returns the content, which has arrived. */
  MemorySegment content() {
    return block.segment();
  }

  void close() {
    block.giveBack();
  }

  /** Returns a promise of a reader's result; the memory then returns to the pool. */
  <A> Completion<A> read(Function<MemorySegment, A> reader) {
    return promise(
        () -> {
          try {
            return reader.apply(block.segment());
          } finally {
            block.giveBack();
          }
        });
  }

  /** Returns a promise of the memory's new owner, which returns it. */
  <A> Completion<A> map(Function<HostMemoryPool.Block, A> owner) {
    return promise(
        () -> {
          StoredBytes.normalize(shape, block.segment());
          return owner.apply(block);
        });
  }

  private <A> Completion<A> promise(Supplier<A> maker) {
    return new Completion<>(complete, new Once<>(maker), this);
  }

  /** Returns the copy's name in messages. */
  @Override
  public String toString() {
    return "reading the %s from %s".formatted(shape, origin);
  }
}
