package org.hlo4j.examples.vignette;

import java.io.PrintStream;
import java.util.List;
import java.util.Locale;
import java.util.function.ToDoubleFunction;
import org.hlo4j.Device;
import org.hlo4j.Pjrt;
import org.hlo4j.examples.vignette.OverlapBenchmark.Round;

/** Runs all parts of the vignette and prints what they show. */
public final class Vignette {
  private Vignette() {}

  /** Takes no arguments. */
  public static void main(String[] args) throws InterruptedException {
    try (Pjrt pjrt = Pjrt.open()) {
      System.out.println(pjrt);
      run(pjrt.device(), System.out);
    }
  }

  static void run(Device device, PrintStream out) throws InterruptedException {
    Parts parts = new Parts(device, out);
    out.println("1. Sync, then async with other work in between");
    parts.syncAndAsync();
    out.println("2. Two transfers in flight, passed straight into a kernel");
    parts.twoTransfers();
    out.println("3. Execution chained to the read-back");
    parts.chainedReadBack();
    out.println("4. Logging the previous step while the next one computes");
    parts.logThePreviousStep();
    out.println("5. Asking whether a large transfer is there");
    parts.pollATransfer();
    out.println("6. A training loop: five steps, each fed into the next, read once");
    parts.trainingLoop();
    out.println("7. Benchmark: 5 times 20 ms of preparation, a transfer and a 1000x1000 product");
    report(new OverlapBenchmark(device).run(), out);
  }

  private static void report(List<Round> rounds, PrintStream out) {
    print(out, "sync, seconds   ", rounds, Round::sync);
    print(out, "async, seconds  ", rounds, Round::async);
    print(out, "sync over async ", rounds, Round::ratio);
    out.println(
        "   The async loop still prepares for 0.100 seconds and waits for its last product;");
    out.println(
        "   what it saves is the time of the other four, so the ratio grows with their cost.");
  }

  private static void print(
      PrintStream out, String name, List<Round> rounds, ToDoubleFunction<Round> figure) {
    double[] sorted = rounds.stream().mapToDouble(figure).sorted().toArray();
    int count = sorted.length;
    out.printf(Locale.ROOT, "   %s median %.3f, ", name, sorted[count / 2]);
    out.printf(Locale.ROOT, "%.3f to %.3f over %d rounds%n", sorted[0], sorted[count - 1], count);
  }
}
