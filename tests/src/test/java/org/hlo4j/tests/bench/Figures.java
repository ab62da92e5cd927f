package org.hlo4j.tests.bench;

import java.util.ArrayList;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.DoubleBinaryOperator;
import java.util.stream.IntStream;

/** What was measured, round by round. */
final class Figures {
  private final Map<Row, Map<Contender, List<Double>>> figures = new EnumMap<>(Row.class);

  void add(Row row, Contender contender, double figure) {
    figures
        .computeIfAbsent(row, unused -> new EnumMap<>(Contender.class))
        .computeIfAbsent(contender, unused -> new ArrayList<>())
        .add(figure);
  }

  private List<Double> of(Row row, Contender contender) {
    return figures.getOrDefault(row, Map.of()).getOrDefault(contender, List.of());
  }

  /** The figures of a contender; empty if it has none. */
  Optional<Sample> sample(Row row, Contender contender) {
    List<Double> known = of(row, contender);
    return known.isEmpty()
        ? Optional.empty()
        : Optional.of(Sample.of(known.stream().mapToDouble(figure -> figure)));
  }

  /** Ours over the peer's, round by round; empty if one has none. */
  Optional<Sample> ratio(Row row, Contender peer) {
    return against(row, peer, (ours, theirs) -> ours / theirs);
  }

  /**
   * What is made of our figure and the peer's, round by round: the machine's speed changes, and
   * hits both.
   */
  Optional<Sample> against(Row row, Contender peer, DoubleBinaryOperator operator) {
    List<Double> ours = of(row, Contender.HLO4J);
    List<Double> theirs = of(row, peer);
    if (ours.isEmpty() || ours.size() != theirs.size()) {
      return Optional.empty();
    }
    return Optional.of(
        Sample.of(
            IntStream.range(0, ours.size())
                .mapToDouble(i -> operator.applyAsDouble(ours.get(i), theirs.get(i)))));
  }
}
