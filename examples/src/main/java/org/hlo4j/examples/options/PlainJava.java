package org.hlo4j.examples.options;

import java.util.List;
import java.util.random.RandomGenerator;
import java.util.random.RandomGenerator.SplittableGenerator;
import java.util.random.RandomGeneratorFactory;
import java.util.stream.Stream;

/** The simulation in plain Java, in double precision, with the JDK's own normal distribution. */
final class PlainJava {
  private static final long SEED = 42;
  private static final RandomGeneratorFactory<SplittableGenerator> GENERATORS =
      RandomGeneratorFactory.of("L64X128MixRandom");

  private PlainJava() {}

  /** Runs simulations by one thread or by one a core: an estimate for each call. */
  static List<List<Estimate>> simulate(int count, boolean parallel) {
    Stream<SplittableGenerator> generators = GENERATORS.create(SEED).splits(count);
    return (parallel ? generators.parallel() : generators.sequential())
        .map(PlainJava::simulate)
        .toList();
  }

  private static List<Estimate> simulate(RandomGenerator random) {
    double drift = (Terms.RATE - Terms.VOLATILITY * Terms.VOLATILITY / 2) * Terms.YEARS;
    double spread = Terms.VOLATILITY * Math.sqrt(Terms.YEARS);
    double discount = Math.exp(-Terms.RATE * Terms.YEARS);
    double[] paid = new double[Terms.count()];
    double[] squares = new double[Terms.count()];
    for (int path = 0; path < Calls.PATHS; path++) {
      double price = Terms.SPOT * Math.exp(drift + spread * random.nextGaussian());
      for (int call = 0; call < paid.length; call++) {
        double worth = Math.max(0, price - Terms.strike(call)) * discount;
        paid[call] += worth;
        squares[call] += worth * worth;
      }
    }
    return Estimate.of(paid, squares);
  }
}
