package org.hlo4j.processor;

import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.stream.IntStream;
import org.hlo4j.processor.plan.KernelPlan;
import org.hlo4j.processor.verify.Costs;
import org.hlo4j.processor.verify.Verdict;
import org.hlo4j.processor.verify.Verdict.Accepted;
import org.jspecify.annotations.Nullable;

/**
 * Chooses a form of a pipeline: the one for which XLA copies the fewest bytes, and of several such,
 * the one that needs the least memory.
 */
final class Choice {
  /** Differences below that are the bookkeeping of calls, and not buffers. */
  private static final long MEMORY_GRAIN = 4096;

  private Choice() {}

  /** The plan to take where no compiler can tell. */
  static KernelPlan withoutCompiler(Draft draft) {
    KernelPlan plan = draft.plans().get(draft.preferred());
    if (draft.descriptions().isEmpty()) {
      return plan;
    }
    return scheduled(
        plan,
        "%s, as the colouring of its buffers says: no compiler was there to ask"
            .formatted(draft.descriptions().get(draft.preferred())));
  }

  /**
   * The plan to take by verdicts on all; nothing if no compiler has said what any of them costs.
   */
  static Optional<KernelPlan> among(Draft draft, List<Verdict> verdicts) {
    List<@Nullable Costs> costs = new ArrayList<>();
    for (Verdict verdict : verdicts) {
      costs.add(verdict instanceof Accepted accepted ? accepted.costs().orElse(null) : null);
    }
    return IntStream.range(0, costs.size())
        .filter(i -> costs.get(i) != null)
        .boxed()
        .min(
            Comparator.comparingLong((Integer i) -> of(costs, i).copiedBytes())
                .thenComparingLong(i -> of(costs, i).copiesInLoops())
                .thenComparingLong(i -> of(costs, i).temporaryBytes() / MEMORY_GRAIN)
                .thenComparingInt(i -> i))
        .map(best -> chosen(draft, costs, best));
  }

  private static Costs of(List<@Nullable Costs> costs, int place) {
    Costs known = costs.get(place);
    if (known == null) {
      throw new IllegalStateException(
          String.format(Locale.ROOT, "Form %d was not compiled", place));
    }
    return known;
  }

  private static KernelPlan chosen(Draft draft, List<@Nullable Costs> costs, int best) {
    Costs written = costs.get(0);
    String comparison =
        written == null || best == 0 ? "" : " (as written: %s)".formatted(copied(written));
    return scheduled(
        draft.plans().get(best),
        "%s: XLA copies %s%s; %s tried"
            .formatted(
                draft.descriptions().get(best),
                copied(of(costs, best)),
                comparison,
                draft.plans().size() == 1
                    ? "no other form was"
                    : draft.plans().size() + " forms were"));
  }

  private static String copied(Costs costs) {
    return switch (costs.copiesInLoops()) {
      case 0 -> costs.copiedBytes() == 0 ? "nothing" : bytes(costs);
      case 1 -> bytes(costs) + ", by 1 copy in a loop";
      default ->
          String.format(
              Locale.ROOT, "%s, by %d copies in loops", bytes(costs), costs.copiesInLoops());
    };
  }

  private static String bytes(Costs costs) {
    return String.format(Locale.ROOT, "%,d bytes a call", costs.copiedBytes());
  }

  private static KernelPlan scheduled(KernelPlan plan, String choice) {
    List<String> lines = new ArrayList<>(List.of(choice));
    lines.addAll(plan.method().program().schedule());
    return plan.scheduled(lines);
  }
}
