package org.hlo4j.tests.bench;

import java.util.Locale;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** The figures as a table. */
final class MarkdownTable {
  private static final String NOTHING = "–";

  private final Figures figures;

  private MarkdownTable(Figures figures) {
    this.figures = figures;
  }

  static String of(Figures figures) {
    return new MarkdownTable(figures).table();
  }

  private String table() {
    StringBuilder text = new StringBuilder();
    text.append("| what | hlo4j | C | JAX | to reach | against C | against JAX |\n");
    text.append("| --- | --- | --- | --- | --- | --- | --- |\n");
    for (Row row : Row.values()) {
      if (figures.sample(row, Contender.HLO4J).isPresent()) {
        text.append(line(row));
      }
    }
    return text.toString();
  }

  private String line(Row row) {
    return "| %s, %s | %s | %s | %s | %s | %s | %s |\n"
        .formatted(
            row.text(),
            row.unit(),
            figure(row, Contender.HLO4J),
            figure(row, Contender.C),
            figure(row, Contender.JAX),
            own(row),
            comparison(row, Contender.C),
            comparison(row, Contender.JAX));
  }

  private String figure(Row row, Contender contender) {
    return figures.sample(row, contender).map(MarkdownTable::spread).orElse(NOTHING);
  }

  private String own(Row row) {
    Target target = row.target(Contender.HLO4J);
    Optional<Sample> known = figures.sample(row, Contender.HLO4J);
    return target == null || known.isEmpty()
        ? NOTHING
        : verdict(target, target.share(known.get().median(), 1));
  }

  private String comparison(Row row, Contender peer) {
    Target target = row.target(peer);
    if (target == null && !row.unit().isTime()) {
      return NOTHING;
    }
    return figures
        .ratio(row, peer)
        .map(ratio -> spread(ratio) + " ×" + verdict(row, peer, target))
        .orElse(NOTHING);
  }

  private String verdict(Row row, Contender peer, @Nullable Target target) {
    if (target == null) {
      return "";
    }
    return figures
        .against(row, peer, target::share)
        .map(share -> "; " + verdict(target, share.median()))
        .orElse("");
  }

  private static String verdict(Target target, double share) {
    if (target.isReached(share)) {
      return target.text() + ": reached";
    }
    double missing = target.atLeast() ? 1 - share : share - 1;
    return String.format(
        Locale.ROOT, "%s: **missed by %.0f %%**", target.text(), Math.max(1, 100 * missing));
  }

  private static String spread(Sample sample) {
    return "%s (%s–%s)"
        .formatted(number(sample.median()), number(sample.least()), number(sample.most()));
  }

  /** Three digits, or all before the point. */
  static String number(double value) {
    double size = Math.abs(value);
    return String.format(Locale.ROOT, size < 10 ? "%.2f" : size < 100 ? "%.1f" : "%.0f", value);
  }
}
