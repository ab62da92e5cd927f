package org.hlo4j.processor.verify;

import java.time.Duration;
import org.hlo4j.processor.verify.Verdict.Crashed;
import org.hlo4j.processor.verify.Verdict.TimedOut;
import org.jspecify.annotations.Nullable;

/** Takes programs from the queue, and checks them in a child. */
final class Worker {
  private final Workers workers;
  private final ChildCommand command;
  private final Duration limit;
  private final Thread thread;
  private volatile @Nullable Child child;

  Worker(Workers workers, ChildCommand command, Duration limit) {
    this.workers = workers;
    this.command = command;
    this.limit = limit;
    this.thread = Thread.ofPlatform().daemon().name("hlo4j-verifier").unstarted(this::run);
  }

  void start() {
    thread.start();
  }

  private void run() {
    try {
      for (Workers.Job job = workers.take(this); job != null; job = workers.take(this)) {
        try {
          workers.finish(job, check(job.request()));
        } catch (NoChildException e) {
          dismiss();
          workers.giveUp(this, job, String.valueOf(e.getMessage()));
          return;
        } catch (RuntimeException | Error e) {
          // A pending verdict must complete in any case.
          dismiss();
          workers.giveUp(this, job, "The verifier failed: " + e);
          return;
        }
      }
    } finally {
      dismiss();
    }
  }

  private Verdict check(Request request) throws NoChildException {
    Duration mostFor = command.limit(request, limit);
    Child mine = child == null ? employ() : child;
    Verdict verdict = mine.ask(request, mostFor);
    if (verdict instanceof Crashed && mine.hasAnswered()) {
      // An earlier program may be the cause, so this one is retried in a new process.
      dismiss();
      verdict = employ().ask(request, mostFor);
    }
    if (verdict instanceof Crashed || verdict instanceof TimedOut) {
      dismiss();
    }
    return verdict;
  }

  private Child employ() throws NoChildException {
    Child started = Child.start(command);
    child = started;
    if (workers.isClosed()) {
      started.kill();
    }
    started.greet(command.startLimit());
    return started;
  }

  private void dismiss() {
    Child mine = child;
    if (mine != null) {
      child = null;
      mine.close();
    }
  }

  /** Ends the child, which also ends the worker's wait. */
  void stop() {
    Child mine = child;
    if (mine != null) {
      mine.kill();
    }
  }

  /** Waits until the worker and its child have ended. */
  void awaitEnd(Duration longest) {
    try {
      boolean unused = thread.join(longest);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
  }
}
