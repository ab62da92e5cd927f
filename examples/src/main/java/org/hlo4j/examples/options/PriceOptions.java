package org.hlo4j.examples.options;

import java.io.IOException;
import java.io.PrintStream;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.function.Supplier;
import org.hlo4j.Pjrt;
import org.hlo4j.examples.drawing.Pictures;
import org.hlo4j.examples.timing.Race;

/** Prices options by formula and by simulation, and tells how long that takes beside plain Java. */
public final class PriceOptions {
  private static final int SIMULATIONS = 256;
  private static final int RACING = 64;
  private static final int ROUNDS = 7;
  private static final int CHARTED = 2;

  private PriceOptions() {}

  /** Takes the file to draw to; {@code options.png} here if there is none. */
  public static void main(String[] args) throws IOException {
    Path picture = Pictures.path(args, "options.png");
    // A device of its own for each core: their simulations run side by side.
    int cores = Runtime.getRuntime().availableProcessors();
    try (Pjrt pjrt = Pjrt.builder().cpuDevices(cores).open()) {
      OnDevices devices = new OnDevices(pjrt);
      price(devices, picture, System.out);
      race(devices, pjrt.devices().size(), System.out);
    }
  }

  private static void price(OnDevices devices, Path picture, PrintStream out) throws IOException {
    double[] formula = devices.formula();
    List<List<Estimate>> simulations = devices.simulate(SIMULATIONS);
    out.printf(Locale.ROOT, "%d paths%n", (long) SIMULATIONS * Calls.PATHS);
    out.printf(
        "%8s%12s%12s%16s%8s%n", "strike", "formula", "simulated", "standard error", "off by");
    for (int call = 0; call < formula.length; call++) {
      Estimate estimate = Estimate.NONE;
      for (List<Estimate> simulation : simulations) {
        estimate = estimate.plus(simulation.get(call));
      }
      double price = estimate.price();
      double error = estimate.error();
      out.printf(Locale.ROOT, "%8d%12.5f%12.5f", Terms.strike(call), formula[call], price);
      out.printf(Locale.ROOT, "%16.5f%8.2f%n", error, (price - formula[call]) / error);
    }
    Pictures.write(ConvergenceChart.draw(points(simulations), formula[CHARTED]), picture);
    out.println("Picture: " + picture);
  }

  private static List<ConvergenceChart.Point> points(List<List<Estimate>> simulations) {
    Estimate estimate = Estimate.NONE;
    List<ConvergenceChart.Point> points = new ArrayList<>();
    for (List<Estimate> simulation : simulations) {
      estimate = estimate.plus(simulation.get(CHARTED));
      points.add(
          new ConvergenceChart.Point(
              (double) estimate.paths(), estimate.price(), estimate.error()));
    }
    return points;
  }

  private static void race(OnDevices devices, int count, PrintStream out) {
    String[] names = {"hlo4j, devices: " + count, "plain Java, one core", "plain Java, all cores"};
    Race race =
        new Race()
            .with(names[0], checked(() -> devices.simulate(RACING)))
            .with(names[1], checked(() -> PlainJava.simulate(RACING, false)))
            .with(names[2], checked(() -> PlainJava.simulate(RACING, true)))
            .run(ROUNDS);
    race.print(out);
    for (String name : names) {
      double paths = (double) RACING * Calls.PATHS / race.seconds(name);
      out.printf(Locale.ROOT, "%-34s%10.1f million paths a second%n", name, paths / 1e6);
    }
  }

  /** Nobody can leave out work whose result is looked at. */
  private static Runnable checked(Supplier<List<List<Estimate>>> way) {
    return () -> {
      double sum = way.get().stream().mapToDouble(all -> all.get(CHARTED).sum()).sum();
      if (Double.isNaN(sum)) {
        throw new IllegalStateException("A price is not a number");
      }
    };
  }
}
