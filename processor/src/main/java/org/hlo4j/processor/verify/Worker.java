package org.hlo4j.processor.verify;

import java.time.Duration;
import org.hlo4j.processor.verify.Verdict.Crashed;
import org.hlo4j.processor.verify.Verdict.TimedOut;
import org.jspecify.annotations.Nullable;

/** Takes programs from the queue, one after the other, and has a child check them. */
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
          // Whatever it is, nobody may wait for a verdict that never comes.
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
      // An earlier program may be to blame, so this one gets a process of its own.
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

  /** Ends the child, and with it what the worker is waiting for. */
  void stop() {
    Child mine = child;
    if (mine != null) {
      mine.kill();
    }
  }

  /** Waits until the worker and its child are gone. */
  void awaitEnd(Duration longest) {
    try {
      boolean unused = thread.join(longest);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
  }
}
