package org.hlo4j.examples.serve;

import java.time.Duration;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.List;
import java.util.Queue;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.RejectedExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicLong;
import java.util.concurrent.locks.Condition;
import java.util.concurrent.locks.ReentrantLock;
import java.util.function.Function;

/**
 * Gathers what many threads ask for into batches. A batch starts when it is full, or when its first
 * request has waited long enough; while one runs, the next gathers. Safe for use by many threads.
 */
final class Batcher<I, O> implements AutoCloseable {
  /** How much is gathered, how long a request waits for others, and how many may wait at all. */
  record Limits(int batch, Duration longestWait, int queue) {}

  private record Request<I, O>(I input, CompletableFuture<O> answer, long arrival) {}

  private final Limits limits;
  private final Function<List<I>, List<O>> runner;
  private final ReentrantLock lock = new ReentrantLock();
  private final Condition changed = lock.newCondition();
  private final Queue<Request<I, O>> waiting = new ArrayDeque<>();
  private final AtomicLong batches = new AtomicLong();
  private final AtomicLong requests = new AtomicLong();
  private final Thread worker;
  private boolean closed;

  /**
   * Starts to gather.
   *
   * @param runner answers the inputs of a batch, in their order
   */
  Batcher(Limits limits, Function<List<I>, List<O>> runner) {
    this.limits = limits;
    this.runner = runner;
    this.worker = Thread.ofVirtual().name("batcher").start(this::work);
  }

  /**
   * Adds a request.
   *
   * @return its answer, or what went wrong with it
   * @throws RejectedExecutionException if as many wait as may, or the batcher was closed
   */
  CompletableFuture<O> submit(I input) {
    lock.lock();
    try {
      if (closed) {
        throw new RejectedExecutionException("the server is shutting down");
      }
      if (waiting.size() >= limits.queue()) {
        throw new RejectedExecutionException(waiting.size() + " requests are waiting already");
      }
      Request<I, O> request = new Request<>(input, new CompletableFuture<>(), System.nanoTime());
      waiting.add(request);
      if (waiting.size() == 1 || waiting.size() == limits.batch()) {
        changed.signal();
      }
      return request.answer();
    } finally {
      lock.unlock();
    }
  }

  /** How many requests the batches so far had, on average. */
  double meanBatch() {
    return batches.get() == 0 ? 0 : (double) requests.get() / batches.get();
  }

  private void work() {
    for (List<Request<I, O>> batch = next(); !batch.isEmpty(); batch = next()) {
      batches.incrementAndGet();
      requests.addAndGet(batch.size());
      answer(batch);
    }
  }

  /** The next batch; an empty one after the last. */
  private List<Request<I, O>> next() {
    lock.lock();
    try {
      while (waiting.isEmpty() && !closed) {
        changed.awaitUninterruptibly();
      }
      gather();
      List<Request<I, O>> batch = new ArrayList<>();
      while (batch.size() < limits.batch() && !waiting.isEmpty()) {
        batch.add(waiting.remove());
      }
      return batch;
    } finally {
      lock.unlock();
    }
  }

  /** Waits until a batch is full, or its first request has waited long enough. */
  private void gather() {
    Request<I, O> first = waiting.peek();
    while (first != null && waiting.size() < limits.batch() && !closed) {
      long left = first.arrival() + limits.longestWait().toNanos() - System.nanoTime();
      if (left <= 0) {
        return;
      }
      try {
        boolean unusedSignalled = changed.await(left, TimeUnit.NANOSECONDS);
      } catch (InterruptedException e) {
        // Nobody else has this thread; whoever interrupts it wants an end of the waiting.
        Thread.currentThread().interrupt();
        return;
      }
    }
  }

  /** A failure is that of one request: where a batch fails, each of its requests runs by itself. */
  private void answer(List<Request<I, O>> batch) {
    try {
      List<O> outputs = runner.apply(batch.stream().map(Request::input).toList());
      for (int i = 0; i < batch.size(); i++) {
        batch.get(i).answer().complete(outputs.get(i));
      }
    } catch (RuntimeException | Error e) {
      if (batch.size() == 1) {
        batch.get(0).answer().completeExceptionally(e);
      } else {
        batch.forEach(request -> answer(List.of(request)));
      }
    }
  }

  /** Takes no more requests, and returns when all that are there have been answered. */
  @Override
  public void close() {
    lock.lock();
    try {
      closed = true;
      changed.signal();
    } finally {
      lock.unlock();
    }
    boolean interrupted = false;
    while (worker.isAlive()) {
      try {
        worker.join();
      } catch (InterruptedException e) {
        interrupted = true;
      }
    }
    if (interrupted) {
      Thread.currentThread().interrupt();
    }
  }
}
