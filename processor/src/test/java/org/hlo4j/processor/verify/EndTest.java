package org.hlo4j.processor.verify;

import static com.google.common.truth.Truth.assertThat;

import java.io.BufferedReader;
import java.io.IOException;
import java.nio.channels.FileChannel;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardWatchEventKinds;
import java.nio.file.WatchKey;
import java.nio.file.WatchService;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import org.hlo4j.internal.process.JvmCommand;
import org.hlo4j.processor.verify.ScriptedChild.Start;
import org.hlo4j.processor.verify.Verdict.Refused;
import org.hlo4j.processor.verify.Verdict.Unavailable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** No child outlives the build, however that ends. */
final class EndTest {
  private static final Duration LIMIT = Duration.ofMinutes(5);

  @TempDir Path folder;

  private static Verifier verifier() {
    return new Verifier(ScriptedChild.command(Start.WELL), "scripted", Optional.empty(), LIMIT);
  }

  private static ProcessHandle childOf(Verifier verifier) {
    Refused refused = (Refused) verifier.submit(Request.ofText("pid")).join();
    return ProcessHandle.of(Long.parseLong(refused.problem())).orElseThrow();
  }

  /** The child has then taken the program, and never answers. */
  private void awaitFile(Path file) throws IOException, InterruptedException {
    try (WatchService watch = folder.getFileSystem().newWatchService()) {
      WatchKey unused = folder.register(watch, StandardWatchEventKinds.ENTRY_CREATE);
      while (!Files.exists(file)) {
        watch.take().reset();
      }
    }
  }

  @Test
  void closingEndsAChildThatWaits() {
    Verifier verifier = verifier();
    ProcessHandle child = childOf(verifier);
    verifier.close();
    assertThat(child.isAlive()).isFalse();
    verifier.close();
  }

  @Test
  void closingEndsAChildThatIsBusy() throws IOException, InterruptedException {
    Verifier verifier = verifier();
    ProcessHandle child = childOf(verifier);
    CompletableFuture<Verdict> busy =
        verifier.submit(Request.ofText("hang " + folder.resolve("begun")));
    CompletableFuture<Verdict> queued =
        verifier.submit(Request.ofText("hang " + folder.resolve("queued")));
    awaitFile(folder.resolve("begun"));

    verifier.close();

    assertThat(child.isAlive()).isFalse();
    Unavailable closed = new Unavailable("The verifier was closed");
    assertThat(busy.join()).isEqualTo(closed);
    assertThat(queued.join()).isEqualTo(closed);
    assertThat(verifier.submit(Request.ofText("accept b")).join()).isEqualTo(closed);
  }

  @Test
  void closingEndsAChildThatStarts() {
    Verifier verifier =
        new Verifier(ScriptedChild.command(Start.NEVER), "scripted", Optional.empty(), LIMIT);
    CompletableFuture<Verdict> waiting = verifier.submit(Request.ofText("accept"));
    verifier.close();
    assertThat(waiting.join()).isEqualTo(new Unavailable("The verifier was closed"));
    assertThat(ProcessHandle.current().children().filter(EndTest::isScripted)).isEmpty();
  }

  private static boolean isScripted(ProcessHandle process) {
    return process.info().commandLine().orElse("").contains(ScriptedChild.class.getName());
  }

  /** What another JVM runs, to be killed. */
  public static final class Parent {
    private Parent() {}

    /** Takes the file whose existence says that the child is busy; prints what the child tells. */
    public static void main(String[] args) {
      Verifier verifier = verifier();
      Refused property = (Refused) verifier.submit(Request.ofText("property hlo4j.test")).join();
      System.out.println(System.getProperty("hlo4j.test") + " and " + property.problem());
      Verdict never = verifier.submit(Request.ofText("hang " + args[0])).join();
      System.out.println(never);
    }
  }

  private static Process startParent(Path begun) throws IOException {
    ProcessBuilder parent = JvmCommand.here(List.of(), Parent.class, begun.toString()).process();
    parent.environment().put("JAVA_TOOL_OPTIONS", "-Dhlo4j.test=set");
    return parent.redirectError(ProcessBuilder.Redirect.DISCARD).start();
  }

  @Test
  void aBusyChildEndsWithAParentThatIsKilled() throws Exception {
    Path begun = folder.resolve("begun");
    Process parent = startParent(begun);
    try (BufferedReader output = parent.inputReader();
        FileChannel file = ScriptedChild.lockFile(begun)) {
      assertThat(output.readLine()).isEqualTo("set and none");
      awaitFile(begun);
      assertThat(file.tryLock()).isNull();

      parent.destroyForcibly();

      // Not by its process handle: who adopts orphans need not bury them.
      assertThat(file.lock().isValid()).isTrue();
    }
  }
}
