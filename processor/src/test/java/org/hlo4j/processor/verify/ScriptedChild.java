package org.hlo4j.processor.verify;

import java.io.FileDescriptor;
import java.io.FileOutputStream;
import java.io.IOException;
import java.io.OutputStream;
import java.nio.channels.FileChannel;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.CountDownLatch;
import org.hlo4j.Pjrt;
import org.hlo4j.annotation.Kernels;
import org.hlo4j.processor.verify.Verdict.Accepted;
import org.hlo4j.processor.verify.Verdict.By;
import org.hlo4j.processor.verify.Verdict.Refused;

/** A child without a plugin: it does what the program's first word says. */
public final class ScriptedChild {
  /** What makes a child take a program and never answer. */
  static final String HANGS = "hang";

  /** What it is given, to do it before it is ready. */
  enum Start {
    WELL,
    DIE,
    REFUSE,
    NEVER,
    HANG,
    BE_KILLED
  }

  private final Start start;
  private boolean poisoned;

  private ScriptedChild(Start start) {
    this.start = start;
  }

  /** How to run one that takes a program, and never answers. */
  public static ChildCommand hanging() {
    return unhurried(Start.HANG);
  }

  /** How to run one that is killed when it has taken a program. */
  public static ChildCommand killed() {
    return unhurried(Start.BE_KILLED);
  }

  private static ChildCommand unhurried(Start start) {
    return new ChildCommand() {
      @Override
      public List<String> words() {
        return command(start).words();
      }

      @Override
      public Duration startLimit() {
        return Duration.ofDays(1);
      }
    };
  }

  /** How to run it. */
  static ChildCommand command(Start start) {
    return new JavaCommand(
        List.of(VerifierMain.class, Pjrt.class, Kernels.class, ScriptedChild.class),
        ScriptedChild.class.getName(),
        List.of(start.name()));
  }

  /** Takes the name of a {@link Start}. */
  public static void main(String[] args) throws IOException, InterruptedException {
    Start start = Start.valueOf(args[0]);
    ScriptedChild child = new ScriptedChild(start);
    ChildSide.serve(
        () -> {
          begin(start);
          return child::check;
        });
  }

  private static void begin(Start start) {
    switch (start) {
      case WELL, HANG, BE_KILLED -> {
        // It is ready.
      }
      case DIE -> {
        System.err.println("no room for me");
        Runtime.getRuntime().halt(3);
      }
      case REFUSE -> throw new IllegalStateException("There is no plugin today");
      case NEVER -> waitForEver();
    }
  }

  private static void waitForEver() {
    try {
      new CountDownLatch(1).await();
    } catch (InterruptedException e) {
      throw new IllegalStateException(e);
    }
  }

  private Verdict check(Request request) {
    if (poisoned) {
      Runtime.getRuntime().halt(134);
    }
    String text =
        switch (start) {
          case HANG -> "wait";
          case BE_KILLED -> "signal KILL";
          case WELL, DIE, REFUSE, NEVER -> request.text();
        };
    List<String> words = List.of(text.split(" ", 2));
    String rest = words.size() > 1 ? words.get(1) : "";
    try {
      return act(words.getFirst(), rest);
    } catch (IOException | InterruptedException e) {
      throw new IllegalStateException(e);
    }
  }

  private Verdict act(String verb, String rest) throws IOException, InterruptedException {
    switch (verb) {
      case "accept" -> {
        return new Accepted();
      }
      case "echo" -> {
        return refusal(rest);
      }
      case "pid" -> {
        return refusal(Long.toString(ProcessHandle.current().pid()));
      }
      case "property" -> {
        return refusal(System.getProperty(rest, "none"));
      }
      case "halt" -> {
        System.err.println("Check failed: " + rest);
        Runtime.getRuntime().halt(Integer.parseInt(rest));
      }
      case "signal" -> {
        String signal = "kill -" + rest + " " + ProcessHandle.current().pid();
        Process unused = new ProcessBuilder("/bin/sh", "-c", signal).start();
        waitForEver();
      }
      case "wait" -> waitForEver();
      case HANGS -> {
        // Locked as long as the process lives.
        try (FileChannel file = lockFile(Path.of(rest))) {
          if (file.lock().isValid()) {
            Files.createFile(Path.of(rest));
          }
          waitForEver();
        }
      }
      case "noise" -> {
        // As native code would, past System.out.
        new FileOutputStream(FileDescriptor.out).write(new byte[100_000]);
        System.out.println("hlo4j");
      }
      case "garbage" -> {
        try (OutputStream replies = new FileOutputStream("/dev/fd/3")) {
          replies.write(rest.getBytes(StandardCharsets.UTF_8));
        }
        waitForEver();
      }
      case "chatter" -> {
        for (int i = 0; i < 1000; i++) {
          System.err.print("word ".repeat(1000));
        }
        for (int i = 0; i < 100; i++) {
          System.err.println("line " + i);
        }
        if (rest.equals("and halt")) {
          Runtime.getRuntime().halt(1);
        }
      }
      case "poison" -> poisoned = true;
      default -> throw new IllegalArgumentException(verb);
    }
    return new Accepted();
  }

  /** What a child that hangs has locked, once it has made the file that it is given. */
  static FileChannel lockFile(Path file) throws IOException {
    return FileChannel.open(
        file.resolveSibling(file.getFileName() + ".lock"),
        StandardOpenOption.CREATE,
        StandardOpenOption.WRITE);
  }

  private static Verdict refusal(String text) {
    return new Refused(3, 7, text, By.XLA, false);
  }
}
