package org.hlo4j.examples.serve;

import java.io.IOException;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.concurrent.CountDownLatch;
import java.util.function.DoubleSupplier;
import org.hlo4j.Pjrt;
import org.hlo4j.examples.digits.DigitData;
import org.hlo4j.examples.digits.Digits;

/**
 * Serves a network that JAX has trained and exported, and has many clients ask it for the digits
 * that it has not seen: in batches, and one by one. With {@code --serve}, and a port if one is
 * wanted, it goes on serving.
 */
public final class ServeDigits {
  private static final int CLIENTS = 64;
  private static final int ROUNDS = 5;
  private static final int HTTP_REQUESTS = 5_000;
  private static final int DIRECT_REQUESTS = 20_000;
  private static final double LEAST_RIGHT = 0.95;

  private static final String HTTP_BATCHED = "HTTP, batched";
  private static final String HTTP_SINGLE = "HTTP, one by one";
  private static final String DIRECT_BATCHED = "in process, batched";
  private static final String DIRECT_SINGLE = "in process, one by one";

  private final DigitReaders readers;
  private final Digits digits = DigitData.load().heldBack();

  private ServeDigits(DigitReaders readers) {
    this.readers = readers;
  }

  /** Takes nothing, or {@code --serve} and a port. */
  public static void main(String[] args) throws Exception {
    List<String> arguments = List.of(args);
    boolean serve = !arguments.isEmpty() && arguments.get(0).equals("--serve");
    if (arguments.size() > (serve ? 2 : 0)) {
      throw new IllegalArgumentException("Nothing is expected, or --serve [port]: " + arguments);
    }
    try (Pjrt client = Pjrt.open()) {
      ServeDigits example = new ServeDigits(DigitReaders.load(client.device()));
      if (serve) {
        example.serve(arguments.size() > 1 ? Integer.parseInt(arguments.get(1)) : 0);
      } else {
        example.measure();
      }
    }
  }

  private void serve(int port) throws IOException, InterruptedException {
    CountDownLatch ended = new CountDownLatch(1);
    Thread main = Thread.currentThread();
    Runtime.getRuntime().addShutdownHook(new Thread(() -> end(ended, main)));
    try (BatchedClassifier batched = new BatchedClassifier(readers);
        DigitServer server = DigitServer.start(port, batched)) {
      System.out.println("Serving at " + server.uri() + " until Ctrl-C. For example:");
      System.out.println(
          "  curl -d '%s' %s".formatted(Arrays.toString(digits.image(0)), server.uri()));
      ended.await();
    }
  }

  /** The process ends when this does, so this waits until all requests are answered. */
  private static void end(CountDownLatch ended, Thread main) {
    ended.countDown();
    try {
      main.join();
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
  }

  /**
   * A way to have digits read.
   *
   * @param meanBatch how many are read at a time
   */
  private record Way(String name, LoadRun.Caller caller, int requests, DoubleSupplier meanBatch) {}

  private void measure() throws IOException {
    try (BatchedClassifier served = new BatchedClassifier(readers);
        BatchedClassifier direct = new BatchedClassifier(readers);
        DigitServer batching = DigitServer.start(0, served);
        DigitServer single = DigitServer.start(0, readers::classifyOne);
        HttpCaller toBatching = new HttpCaller(batching.uri());
        HttpCaller toSingle = new HttpCaller(single.uri())) {
      checkAccuracy(toBatching);
      measure(
          List.of(
              new Way(HTTP_BATCHED, toBatching, HTTP_REQUESTS, served::meanBatch),
              new Way(HTTP_SINGLE, toSingle, HTTP_REQUESTS, () -> 1),
              new Way(DIRECT_BATCHED, direct(direct), DIRECT_REQUESTS, direct::meanBatch),
              new Way(DIRECT_SINGLE, direct(readers::classifyOne), DIRECT_REQUESTS, () -> 1)));
    }
  }

  private static LoadRun.Caller direct(Classifier classifier) {
    return image -> classifier.classify(image).digit();
  }

  private void checkAccuracy(HttpCaller caller) {
    int count = digits.count();
    int right = LoadRun.run(caller, digits, CLIENTS, count).right();
    System.out.printf(
        Locale.ROOT,
        "%d of %d held-back digits are read right over HTTP (%.1f %%)%n",
        right,
        count,
        100.0 * right / count);
    if (right < LEAST_RIGHT * count) {
      throw new IllegalStateException(
          String.format(Locale.ROOT, "That is less than %.0f %%", 100 * LEAST_RIGHT));
    }
  }

  /** The ways take turns, so that all see the same machine; the first round only warms up. */
  private void measure(List<Way> ways) {
    System.out.printf(Locale.ROOT, "%d clients; medians of %d rounds%n%n", CLIENTS, ROUNDS);
    LoadTable table = new LoadTable();
    for (int round = 0; round <= ROUNDS; round++) {
      for (Way way : ways) {
        LoadRun.Outcome outcome = LoadRun.run(way.caller(), digits, CLIENTS, way.requests());
        if (round > 0) {
          table.add(way.name(), outcome, way.meanBatch().getAsDouble());
        }
      }
    }
    table.print(System.out);
    System.out.printf(
        Locale.ROOT,
        "%nBatching answers %.2f times as many requests a second over HTTP, and %.2f times as many"
            + " in process%n",
        table.ratio(HTTP_BATCHED, HTTP_SINGLE),
        table.ratio(DIRECT_BATCHED, DIRECT_SINGLE));
  }
}
