package org.hlo4j.processor;

import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import org.hlo4j.processor.plan.Draft;
import org.hlo4j.processor.verify.Costs;
import org.hlo4j.processor.verify.Verdict;
import org.hlo4j.processor.verify.Verdict.Accepted;

/**
 * A pipeline's chosen form: the one with the fewest copied bytes, then the least memory.
 *
 * @param reason the reason for it, as a line of the pipeline's schedule
 */
record Choice(Draft.Form form, String reason) {
  /** Smaller differences come from the bookkeeping of calls, not from buffers. */
  private static final long MEMORY_GRAIN = 4096;

  private static final Comparator<Costs> CHEAPEST_FIRST =
      Comparator.comparingLong(Costs::copiedBytes)
          .thenComparingLong(Costs::copiesInLoops)
          .thenComparingLong(costs -> costs.temporaryBytes() / MEMORY_GRAIN);

  /** Chooses without a compiler's verdicts. */
  static Choice withoutCompiler(Draft.OfPipeline draft) {
    Draft.Form form = draft.forms().get(draft.preferred());
    String why = ", from the assignment of its buffers: no compiler was available";
    return new Choice(form, form.description() + why);
  }

  /** Chooses by verdicts on all forms; empty if none of them has costs. */
  static Optional<Choice> among(Draft.OfPipeline draft, List<Verdict> verdicts) {
    Map<Draft.Form, Costs> costs = new LinkedHashMap<>();
    for (int i = 0; i < verdicts.size(); i++) {
      Draft.Form form = draft.forms().get(i);
      if (verdicts.get(i) instanceof Accepted accepted) {
        accepted.costs().ifPresent(known -> costs.put(form, known));
      }
    }
    return costs.entrySet().stream()
        .min(Map.Entry.comparingByValue(CHEAPEST_FIRST))
        .map(best -> new Choice(best.getKey(), reason(draft, costs, best)));
  }

  private static String reason(
      Draft.OfPipeline draft, Map<Draft.Form, Costs> costs, Map.Entry<Draft.Form, Costs> best) {
    Draft.Form first = draft.forms().get(0);
    Costs written = costs.get(first);
    String instead =
        written == null || best.getKey().equals(first)
            ? ""
            : " (as written: %s)".formatted(copied(written));
    int count = draft.forms().size();
    String tried = count == 1 ? "no other form was" : count + " forms were";
    return "%s: XLA copies %s%s; %s tried"
        .formatted(best.getKey().description(), copied(best.getValue()), instead, tried);
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
