package org.hlo4j.examples.timing;

import static com.google.common.truth.Truth.assertThat;
import static org.junit.jupiter.api.Assertions.assertThrows;

import java.io.ByteArrayOutputStream;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;

final class RaceTest {
  private final List<String> ran = new ArrayList<>();
  private final Race race = new Race().with("a", () -> ran.add("a")).with("b", () -> ran.add("b"));

  @Test
  void theWaysRunInTurnOnceMoreThanThereAreRounds() {
    race.run(2);

    assertThat(ran).containsExactly("a", "b", "a", "b", "a", "b").inOrder();
  }

  @Test
  void eachWayHasALineAndTheFirstIsThePeer() {
    ByteArrayOutputStream printed = new ByteArrayOutputStream();

    race.run(3).print(new PrintStream(printed, true, StandardCharsets.UTF_8));

    List<String> lines = printed.toString(StandardCharsets.UTF_8).lines().toList();
    assertThat(lines).hasSize(3);
    assertThat(lines.get(0)).startsWith("medians of 3 rounds");
    assertThat(lines.get(1)).endsWith("1.00");
    assertThat(race.ratio("a")).isEqualTo(1.0);
    assertThat(race.seconds("b")).isAtLeast(0.0);
  }

  @Test
  void aWayThatHasNotRunHasNoTime() {
    IllegalStateException refused =
        assertThrows(IllegalStateException.class, () -> race.seconds("c"));

    assertThat(refused).hasMessageThat().isEqualTo("c has not run");
  }
}
