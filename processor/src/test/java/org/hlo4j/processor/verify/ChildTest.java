package org.hlo4j.processor.verify;

import static com.google.common.truth.Truth.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.stream.Stream;
import org.hlo4j.internal.cache.DiskCache;
import org.hlo4j.processor.verify.ScriptedChild.Start;
import org.hlo4j.processor.verify.Verdict.Accepted;
import org.hlo4j.processor.verify.Verdict.By;
import org.hlo4j.processor.verify.Verdict.Crashed;
import org.hlo4j.processor.verify.Verdict.Refused;
import org.hlo4j.processor.verify.Verdict.TimedOut;
import org.hlo4j.processor.verify.Verdict.Unavailable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Children that crash, hang, babble, or never come. */
final class ChildTest {
  private static final Duration LIMIT = Duration.ofMinutes(5);

  @TempDir Path folder;

  private final CountedCommand command = new CountedCommand(ScriptedChild.command(Start.WELL));

  private Verifier verifier() {
    return verifier(command, LIMIT);
  }

  private Verifier verifier(ChildCommand command, Duration limit) {
    DiskCache cache = DiskCache.at(folder.resolve("cache"), 1 << 20);
    return new Verifier(command, "scripted", Optional.of(cache), limit);
  }

  private static String echo(Verifier verifier, String program) {
    return ((Refused) verifier.submit(Request.ofText(program)).join()).problem();
  }

  private long kept() throws IOException {
    Path cache = folder.resolve("cache");
    if (!Files.exists(cache)) {
      return 0;
    }
    try (Stream<Path> files = Files.list(cache)) {
      return files.count();
    }
  }

  @Test
  void whatAChildSaysArrivesAsItWasSaid() {
    String text = "größe \u0000 \uD83D\uDE00\n".repeat(200_000);
    try (Verifier verifier = verifier()) {
      assertThat(verifier.submit(Request.ofText("echo " + text)).join())
          .isEqualTo(new Refused(3, 7, text, By.XLA, false));
    }
  }

  @Test
  void equalProgramsAreCheckedOnce() {
    try (Verifier verifier = verifier()) {
      CompletableFuture<Verdict> first = verifier.submit(Request.ofText("halt 9"));
      CompletableFuture<Verdict> second = verifier.submit(Request.ofText("halt 9"));
      assertThat(first.cancel(false)).isTrue();
      assertThat(second.join()).isEqualTo(new Crashed("ended with status 9", "Check failed: 9"));
      assertThat(command.children()).isEqualTo(1);
    }
  }

  @Test
  void aCrashCostsOneProgramItsVerdict() throws IOException {
    try (Verifier verifier = verifier()) {
      List<CompletableFuture<Verdict>> verdicts = new ArrayList<>();
      for (String program : List.of("accept a", "halt 134", "accept b", "halt 139", "accept c")) {
        verdicts.add(verifier.submit(Request.ofText(program)));
      }
      assertThat(verdicts.stream().map(CompletableFuture::join))
          .containsExactly(
              new Accepted(),
              new Crashed("was ended by SIGABRT", "Check failed: 134"),
              new Accepted(),
              new Crashed("was ended by SIGSEGV", "Check failed: 139"),
              new Accepted())
          .inOrder();
    }
    assertThat(kept()).isEqualTo(3);
  }

  @Test
  void aSignalIsNamed() {
    try (Verifier verifier = verifier()) {
      Crashed killed = (Crashed) verifier.submit(Request.ofText("signal KILL")).join();
      assertThat(killed.how()).startsWith("was ended by SIGKILL");
    }
  }

  @Test
  void theJvmsReportOfACrashIsReadAndLeavesNoFile() throws IOException {
    Path reports = Path.of("").toAbsolutePath();
    List<Path> before = filesOf(reports);
    try (Verifier verifier = verifier()) {
      Crashed crashed = (Crashed) verifier.submit(Request.ofText("signal SEGV")).join();
      assertThat(crashed.how()).isEqualTo("was ended by SIGSEGV");
      assertThat(crashed.lastWords()).matches("C +\\[.*");
    }
    assertThat(filesOf(reports)).isEqualTo(before);
  }

  private static List<Path> filesOf(Path folder) throws IOException {
    try (Stream<Path> files = Files.list(folder)) {
      return files.sorted().toList();
    }
  }

  @Test
  void aCrashIsNotBlamedOnTheProgramAfterIt() {
    try (Verifier verifier = verifier()) {
      assertThat(verifier.submit(Request.ofText("poison")).join()).isEqualTo(new Accepted());
      assertThat(verifier.submit(Request.ofText("accept")).join()).isEqualTo(new Accepted());
      assertThat(command.children()).isEqualTo(2);
    }
  }

  @Test
  void aProgramThatHangsLosesItsVerdictAndNoOther() throws IOException {
    // It is the limit of the hanging one alone.
    Duration limit = Duration.ofSeconds(1);
    try (Verifier verifier = verifier(command, limit)) {
      CompletableFuture<Verdict> hanging =
          verifier.submit(Request.ofText("hang " + folder.resolve("begun")));
      CompletableFuture<Verdict> queued = verifier.submit(Request.ofText("accept a"));
      assertThat(queued.join()).isEqualTo(new Accepted());
      assertThat(hanging.join()).isEqualTo(new TimedOut(limit));
      assertThat(verifier.submit(Request.ofText("accept b")).join()).isEqualTo(new Accepted());
    }
    assertThat(kept()).isEqualTo(2);
  }

  @Test
  void whatIsPrintedIsNoReply() {
    try (Verifier verifier = verifier()) {
      assertThat(verifier.submit(Request.ofText("noise")).join()).isEqualTo(new Accepted());
      assertThat(verifier.submit(Request.ofText("chatter")).join()).isEqualTo(new Accepted());
      assertThat(echo(verifier, "echo still here")).isEqualTo("still here");
      assertThat(command.children()).isEqualTo(1);
    }
  }

  @Test
  void lastWordsAreShort() {
    try (Verifier verifier = verifier()) {
      Crashed crashed = (Crashed) verifier.submit(Request.ofText("chatter and halt")).join();
      List<String> lines = crashed.lastWords().lines().toList();
      assertThat(lines).hasSize(12);
      assertThat(lines.getLast()).isEqualTo("line 99");
    }
  }

  @Test
  void aReplyThatIsNoneCountsAsACrash() {
    try (Verifier verifier = verifier()) {
      Crashed crashed = (Crashed) verifier.submit(Request.ofText("garbage hello world")).join();
      assertThat(crashed.how()).startsWith("sent an invalid reply");
      assertThat(verifier.submit(Request.ofText("accept")).join()).isEqualTo(new Accepted());
    }
  }

  @Test
  void aChildThatDiesAtItsStartMakesTheVerifierUnavailable() {
    CountedCommand dying = new CountedCommand(ScriptedChild.command(Start.DIE));
    try (Verifier verifier = verifier(dying, LIMIT)) {
      Unavailable unavailable =
          new Unavailable("The child process ended with status 3:\nno room for me");
      assertThat(verifier.submit(Request.ofText("accept")).join()).isEqualTo(unavailable);
      assertThat(verifier.submit(Request.ofText("accept b")).join()).isEqualTo(unavailable);
      assertThat(dying.children()).isEqualTo(1);
    }
  }

  @Test
  void aChildThatCannotCheckSaysWhy() throws IOException {
    try (Verifier verifier = verifier(ScriptedChild.command(Start.REFUSE), LIMIT)) {
      assertThat(verifier.submit(Request.ofText("accept")).join())
          .isEqualTo(new Unavailable("There is no plugin today"));
    }
    assertThat(kept()).isEqualTo(0);
  }

  @Test
  void aChildThatIsNeverReadyIsNotWaitedForForEver() {
    ChildCommand never =
        new CountedCommand(ScriptedChild.command(Start.NEVER), Duration.ofSeconds(2));
    try (Verifier verifier = verifier(never, LIMIT)) {
      assertThat(verifier.submit(Request.ofText("accept")).join())
          .isEqualTo(new Unavailable("The child process was not ready after 2 seconds"));
    }
  }

  @Test
  void aJavaThatIsNotThereMakesTheVerifierUnavailable() {
    ChildCommand missing = () -> List.of("/no/such/java", "Main");
    try (Verifier verifier = verifier(missing, LIMIT)) {
      Unavailable unavailable = (Unavailable) verifier.submit(Request.ofText("accept")).join();
      assertThat(unavailable.reason()).startsWith("The child process ended with status 127:\n");
      assertThat(unavailable.reason()).contains("/no/such/java");
    }
  }

  @Test
  void aCommandThatCannotBeMadeMakesTheVerifierUnavailable() {
    ChildCommand none =
        () -> {
          throw new IllegalStateException("Nobody knows where the classes are");
        };
    try (Verifier verifier = verifier(none, LIMIT)) {
      assertThat(verifier.submit(Request.ofText("accept")).join())
          .isEqualTo(new Unavailable("Nobody knows where the classes are"));
    }
  }

  @Test
  void aCommandThatFailsOddlyLeavesNobodyWaiting() {
    ChildCommand odd =
        () -> {
          throw new UnsupportedOperationException("odd");
        };
    try (Verifier verifier = verifier(odd, LIMIT)) {
      Unavailable unavailable = (Unavailable) verifier.submit(Request.ofText("accept")).join();
      assertThat(unavailable.reason())
          .isEqualTo("The verifier failed: java.lang.UnsupportedOperationException: odd");
    }
  }
}
