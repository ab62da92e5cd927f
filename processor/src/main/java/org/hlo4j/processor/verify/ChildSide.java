package org.hlo4j.processor.verify;

import java.io.BufferedInputStream;
import java.io.BufferedOutputStream;
import java.io.DataInputStream;
import java.io.DataOutputStream;
import java.io.FileOutputStream;
import java.io.IOException;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.function.Function;
import java.util.function.Supplier;

/** The child's side of the communication: replies to its parent's requests. */
final class ChildSide {
  /** Descriptor 3; see {@link Child}. */
  private static final String REPLIES = "/dev/fd/3";

  private final BlockingQueue<Request> requests = new LinkedBlockingQueue<>();

  private ChildSide() {}

  /**
   * Serves the parent until it ends, or closes the pipe.
   *
   * @param opening creates the program checker, or throws why it cannot
   */
  static void serve(Supplier<Function<Request, Verdict>> opening)
      throws IOException, InterruptedException {
    ChildSide child = new ChildSide();
    // Started before any slow work, since the parent may end at any time.
    Thread.ofPlatform().daemon().name("hlo4j-requests").start(child::readRequests);
    try (DataOutputStream replies =
        new DataOutputStream(new BufferedOutputStream(new FileOutputStream(REPLIES)))) {
      Function<Request, Verdict> check;
      try {
        check = opening.get();
      } catch (RuntimeException | LinkageError e) {
        greet(replies, String.valueOf(e.getMessage()));
        return;
      }
      greet(replies, "");
      while (true) {
        new Reply(check.apply(child.requests.take())).write(replies);
      }
    }
  }

  /** Sends first whether this can check programs, or else the problem. */
  private static void greet(DataOutputStream replies, String problem) throws IOException {
    Wire.writeStart(replies);
    Wire.writeText(replies, problem);
    replies.flush();
  }

  /**
   * Terminates this process after its parent. A compilation may be running, and native exit
   * handlers might wait for it, so a signal comes first.
   */
  private static void end() {
    String signal = "kill -9 " + ProcessHandle.current().pid();
    try {
      Process unused = new ProcessBuilder("/bin/sh", "-c", signal).start();
    } catch (IOException e) {
      System.err.println(e);
    }
    Runtime.getRuntime().halt(0);
  }

  private void readRequests() {
    try (DataInputStream in = new DataInputStream(new BufferedInputStream(System.in))) {
      while (true) {
        requests.add(Request.read(in));
      }
    } catch (IOException e) {
      end();
    } catch (OutOfMemoryError e) {
      // Without this thread, the process would neither reply nor end.
      System.err.println(e);
      Runtime.getRuntime().halt(1);
    }
  }
}
