package org.hlo4j.tests.bench;

import static org.hlo4j.tests.bench.Target.atLeast;
import static org.hlo4j.tests.bench.Target.atMost;
import static org.hlo4j.tests.bench.Target.atMostTimes;
import static org.hlo4j.tests.bench.Target.noSlower;
import static org.hlo4j.tests.bench.Target.sameOrder;
import static org.hlo4j.tests.bench.Target.sooner;
import static org.hlo4j.tests.bench.Target.within;

import org.jspecify.annotations.Nullable;

/** What is measured, and what is to be reached. */
enum Row {
  ADD("async stub, `tensor<4xf32>` add, result released", Unit.MICROSECONDS),
  INPUTS("kernel with 500 inputs, each a buffer", Unit.MICROSECONDS),
  SHARE("64 MB aligned host memory in, zero-copy", Unit.MICROSECONDS),
  IN("64 MB `float[]` in", Unit.MICROSECONDS),
  OUT("64 MB out, into a `float[]` that is there", Unit.MICROSECONDS),
  NEW("64 MB out, as a new `float[]`", Unit.MICROSECONDS),
  VIEW("64 MB out, read in place", Unit.MICROSECONDS),
  TRAINING("donated training step, 50 MB of parameters", Unit.MICROSECONDS),
  MEMORY("memory of 20 such steps beyond the parameters", Unit.MEGABYTES),
  HEAP("Java heap of an async call of two inputs", Unit.BYTES),
  FIRST("first result of a new process, program cached", Unit.MILLISECONDS),
  FIRST_COLD("first result of a new process, nothing cached", Unit.MILLISECONDS),
  OVERLAP("vignette's benchmark, async over sync", Unit.TIMES);

  private final String text;
  private final Unit unit;

  Row(String text, Unit unit) {
    this.text = text;
    this.unit = unit;
  }

  /** What is measured, in Markdown. */
  String text() {
    return text;
  }

  Unit unit() {
    return unit;
  }

  /** What is to be reached against a contender; against itself, by the figure alone. */
  @Nullable Target target(Contender contender) {
    return switch (contender) {
      case HLO4J -> own();
      case C -> againstC();
      case JAX -> againstJax();
    };
  }

  private @Nullable Target own() {
    return switch (this) {
      // A second copy would be 50.
      case MEMORY -> atMost(5);
      case HEAP -> atMost(256);
      case OVERLAP -> atLeast(1.3);
      default -> null;
    };
  }

  private @Nullable Target againstC() {
    return switch (this) {
      case ADD, INPUTS, IN, OUT, NEW -> atMostTimes(1.25);
      case SHARE -> within(10);
      case TRAINING -> noSlower();
      default -> null;
    };
  }

  private @Nullable Target againstJax() {
    return switch (this) {
      case ADD, INPUTS -> atMostTimes(0.5);
      case SHARE, IN, OUT, NEW, VIEW, TRAINING -> noSlower();
      case FIRST -> sooner();
      case OVERLAP -> sameOrder();
      default -> null;
    };
  }
}
