package org.hlo4j.internal.pjrt;

import static com.google.common.truth.Truth.assertThat;
import static com.google.common.truth.Truth.assertWithMessage;

import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import org.hlo4j.internal.pjrt.LaunchModel.Launch;
import org.hlo4j.internal.pjrt.LaunchModel.Outcome;
import org.junit.jupiter.api.Test;

/** No order of the steps of calls that share buffers has one of them wait in XLA, or for ever. */
final class LaunchModelTest {
  private static final Launch TWICE = Launch.reading(0, 0);
  private static final Launch BOTH = Launch.reading(0, 1);
  private static final Launch BOTH_TURNED = Launch.reading(1, 0);
  private static final Launch DONATE_FIRST = Launch.donating(List.of(0), List.of());
  private static final Launch DONATE_BOTH = Launch.donating(List.of(0, 1), List.of());
  private static final Launch DONATE_BOTH_TURNED = Launch.donating(List.of(1, 0), List.of());
  private static final Launch DONATE_FIRST_READ_SECOND = Launch.donating(List.of(0), List.of(1));
  private static final Launch DONATE_SECOND_READ_FIRST =
      Launch.readingThenDonating(List.of(0), List.of(1));

  private static final List<Launch> ALL =
      List.of(
          TWICE,
          BOTH,
          BOTH_TURNED,
          DONATE_FIRST,
          DONATE_BOTH,
          DONATE_BOTH_TURNED,
          DONATE_FIRST_READ_SECOND,
          DONATE_SECOND_READ_FIRST);

  private static Outcome explore(boolean withLocks, List<Launch> launches) {
    return new LaunchModel(withLocks, 2, launches).explore();
  }

  @Test
  void withoutLocksTheModelDeadlocksAsXlaDoes() {
    assertThat(explore(false, List.of(TWICE, DONATE_FIRST)).deadlocks()).isGreaterThan(0);
    assertThat(explore(false, List.of(BOTH_TURNED, DONATE_BOTH)).deadlocks()).isGreaterThan(0);
    assertThat(explore(false, List.of(DONATE_BOTH, DONATE_BOTH_TURNED)).deadlocks())
        .isGreaterThan(0);
  }

  @Test
  void noTwoAndNoThreeCallsWaitInXlaOrForEver() {
    long states = 0;
    for (List<Launch> launches : choices(3)) {
      Outcome outcome = explore(true, launches);
      states += outcome.states();

      assertWithMessage("deadlocks of %s", launches).that(outcome.deadlocks()).isEqualTo(0);
      assertWithMessage("waits in XLA of %s", launches).that(outcome.waitsInXla()).isEqualTo(0);
      outcome.ends().forEach(end -> assertThat(end).doesNotContain("LOCKED"));
    }
    System.out.printf(Locale.ROOT, "%,d states of the locks of calls%n", states);
  }

  @Test
  void ofTwoCallsThatGiveAwayTheSameBuffersOneIsDone() {
    assertThat(explore(true, List.of(DONATE_BOTH, DONATE_BOTH_TURNED)).ends())
        .containsExactly("done refused", "refused done");
  }

  @Test
  void callsThatReadNeverRefuseOneAnother() {
    assertThat(explore(true, List.of(TWICE, BOTH, BOTH_TURNED)).ends())
        .containsExactly("done done done");
  }

  @Test
  void aCallThatGivesAwayWaitsForThoseThatRead() {
    assertThat(explore(true, List.of(DONATE_FIRST, TWICE)).ends())
        .containsExactly("done done", "done refused");
  }

  /** All ways to choose so many calls, in any order and as often. */
  private static List<List<Launch>> choices(int size) {
    if (size == 0) {
      return List.of(List.of());
    }
    List<List<Launch>> choices = new ArrayList<>();
    for (List<Launch> shorter : choices(size - 1)) {
      for (Launch launch : ALL) {
        List<Launch> longer = new ArrayList<>(shorter);
        longer.add(launch);
        choices.add(longer);
      }
    }
    return choices;
  }
}
