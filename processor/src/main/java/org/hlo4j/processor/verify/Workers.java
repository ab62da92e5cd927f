package org.hlo4j.processor.verify;

import java.time.Duration;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import org.hlo4j.processor.verify.Verdict.Unavailable;
import org.jspecify.annotations.Nullable;

/**
 * The queue of programs, and its workers. The first program starts the first worker. Another one is
 * only started if the queue is not empty after the time that a child takes to start: most builds
 * have a few small programs, which one child has checked by then.
 */
final class Workers {
  /** A child takes about 0.3 seconds to start. */
  private static final Duration PATIENCE = Duration.ofSeconds(1);

  /** The idle time after which a worker ends: a build daemon may live for days. */
  private static final Duration IDLE = Duration.ofSeconds(30);

  private static final Duration LONGEST_END = Duration.ofSeconds(10);
  private static final String CLOSED = "The verifier was closed";

  /** A program with its pending verdict. */
  record Job(Request request, CompletableFuture<Verdict> verdict) {}

  private final ChildCommand command;
  private final Duration limit;
  private final int most;

  private final Deque<Job> queue = new ArrayDeque<>();
  private final Set<Worker> workers = new LinkedHashSet<>();
  private int idle;
  private boolean waitingToGrow;
  private boolean mayGrow = true;
  private @Nullable String unavailable;
  private boolean closed;

  Workers(ChildCommand command, Duration limit, int most) {
    this.command = command;
    this.limit = limit;
    this.most = most;
  }

  synchronized CompletableFuture<Verdict> submit(Request request) {
    if (unavailable != null) {
      return CompletableFuture.completedFuture(new Unavailable(unavailable));
    }
    Job job = new Job(request, new CompletableFuture<>());
    queue.add(job);
    if (workers.isEmpty()) {
      addWorker();
    } else if (queue.size() > idle) {
      growLater();
    }
    notifyAll();
    return job.verdict();
  }

  private void addWorker() {
    Worker worker = new Worker(this, command, limit);
    workers.add(worker);
    worker.start();
  }

  private void growLater() {
    if (!waitingToGrow && mayGrow && workers.size() < most) {
      waitingToGrow = true;
      CompletableFuture.delayedExecutor(PATIENCE.toMillis(), TimeUnit.MILLISECONDS)
          .execute(this::grow);
    }
  }

  private synchronized void grow() {
    waitingToGrow = false;
    if (mayGrow && !queue.isEmpty() && workers.size() < most) {
      addWorker();
      growLater();
    }
  }

  /** Returns the next program; null if the worker must end. */
  synchronized @Nullable Job take(Worker worker) {
    long end = System.nanoTime() + IDLE.toNanos();
    idle++;
    try {
      while (queue.isEmpty() && unavailable == null) {
        long left = TimeUnit.NANOSECONDS.toMillis(end - System.nanoTime());
        if (left <= 0) {
          break;
        }
        wait(left);
      }
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    } finally {
      idle--;
    }
    Job job = queue.poll();
    if (job == null) {
      workers.remove(worker);
    }
    return job;
  }

  void finish(Job job, Verdict verdict) {
    // A child killed on closing has not crashed.
    boolean cut = isClosed() && !verdict.isLasting();
    boolean unused = job.verdict().complete(cut ? new Unavailable(CLOSED) : verdict);
  }

  /** Ends a worker without a child; after the last one, no program can be checked. */
  void giveUp(Worker worker, Job job, String reason) {
    synchronized (this) {
      workers.remove(worker);
      queue.addFirst(job);
      mayGrow = false;
      notifyAll();
      if (!workers.isEmpty() && unavailable == null) {
        return;
      }
    }
    refuseAll(reason);
  }

  /** Completes all programs, current and future, with the reason. */
  private void refuseAll(String reason) {
    List<Job> waiting;
    String first;
    synchronized (this) {
      if (unavailable == null) {
        unavailable = reason;
      }
      first = unavailable;
      waiting = new ArrayList<>(queue);
      queue.clear();
      notifyAll();
    }
    for (Job job : waiting) {
      boolean unused = job.verdict().complete(new Unavailable(first));
    }
  }

  synchronized boolean isClosed() {
    return closed;
  }

  /** Ends all children, and completes pending programs. Returns when the children have ended. */
  void close() {
    List<Worker> leaving;
    synchronized (this) {
      closed = true;
      mayGrow = false;
      leaving = new ArrayList<>(workers);
    }
    refuseAll(CLOSED);
    leaving.forEach(Worker::stop);
    leaving.forEach(worker -> worker.awaitEnd(LONGEST_END));
  }
}
