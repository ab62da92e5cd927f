package org.hlo4j.processor;

import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.stream.IntStream;
import org.hlo4j.processor.plan.Draft;
import org.hlo4j.processor.verify.Costs;
import org.hlo4j.processor.verify.Verdict;
import org.hlo4j.processor.verify.Verdict.Accepted;
import org.jspecify.annotations.Nullable;

/**
 * A form that was chosen for a pipeline: the one for which XLA copies the fewest bytes, and of
 * several such, the one that needs the least memory.
 *
 * @param form the form
 * @param reason the reason for it, as a line of the pipeline's schedule
 */
record Choice(Draft.Form form, String reason) {
  /** Smaller differences are the bookkeeping of calls, and not buffers. */
  private static final long MEMORY_GRAIN = 4096;

  /** Chooses where no compiler answers. */
  static Choice withoutCompiler(Draft.OfPipeline draft) {
    Draft.Form form = draft.forms().get(draft.preferred());
    return new Choice(
        form,
        "%s, as the colouring of its buffers says: no compiler was there to ask"
            .formatted(form.description()));
  }

  /** Chooses by verdicts on all forms; returns nothing if none of them has costs. */
  static Optional<Choice> among(Draft.OfPipeline draft, List<Verdict> verdicts) {
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
        .map(best -> new Choice(draft.forms().get(best), reason(draft, costs, best)));
  }

  private static Costs of(List<@Nullable Costs> costs, int index) {
    Costs known = costs.get(index);
    if (known == null) {
      throw new IllegalStateException("Form %s was not compiled".formatted(index));
    }
    return known;
  }

  private static String reason(Draft.OfPipeline draft, List<@Nullable Costs> costs, int best) {
    Costs written = costs.get(0);
    String comparison =
        written == null || best == 0 ? "" : " (as written: %s)".formatted(copied(written));
    return "%s: XLA copies %s%s; %s tried"
        .formatted(
            draft.forms().get(best).description(),
            copied(of(costs, best)),
            comparison,
            draft.forms().size() == 1 ? "no other form was" : draft.forms().size() + " forms were");
  }

  private static String copied(Costs costs) {
    return switch (costs.copiesInLoops()) {
      case 0 -> costs.copiedBytes() == 0 ? "nothing" : bytes(costs);
      case 1 -> bytes(costs) + ", by 1 copy in a loop";
      default -> "%s, by %s copies in loops".formatted(bytes(costs), costs.copiesInLoops());
    };
  }

  private static String bytes(Costs costs) {
    return String.format(Locale.ROOT, "%,d bytes a call", costs.copiedBytes());
  }
}
