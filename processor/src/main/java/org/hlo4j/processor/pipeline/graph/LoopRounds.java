package org.hlo4j.processor.pipeline.graph;

import java.util.ArrayList;
import java.util.List;

/**
 * Consecutive rounds of a loop.
 *
 * @param last the items for the next round
 */
public record LoopRounds(List<Step> steps, List<Item> last) {
  public LoopRounds {
    steps = List.copyOf(steps);
    last = List.copyOf(last);
  }

  /**
   * Copies a loop's body for each round.
   *
   * @param first the items for the first round
   */
  public static LoopRounds of(Step.Repeat repeat, List<? extends Item> first, long count) {
    List<Step> steps = new ArrayList<>();
    List<Item> now = new ArrayList<>(first);
    for (long round = 0; round < count; round++) {
      Renaming renaming = new Renaming();
      renaming.putAll(repeat.parameters(), now);
      steps.addAll(renaming.copy(repeat.body()));
      now = renaming.ofItems(repeat.yields());
    }
    return new LoopRounds(steps, now);
  }
}
