package org.hlo4j.examples.vignette;

import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import org.hlo4j.BufferPromise;
import org.hlo4j.Device;
import org.hlo4j.DeviceBuffer;

/**
 * The vignette's benchmark: five times 20 ms of data preparation, a transfer, and a 1000x1000
 * matrix product. The sync loop waits for each product; the async one prepares the next data
 * meanwhile.
 */
final class OverlapBenchmark {
  private static final int ITERATIONS = 5;
  private static final Duration PREPARATION = Duration.ofMillis(20);

  /** Rounds of each kind, in turn, so that a change of the machine's speed hits both. */
  private static final int ROUNDS = 7;

  private final Device device;
  private final Matrices sync;
  private final MatricesAsync async;
  private final float[] data = new RandomData(7).matrix(Large.SIZE);

  OverlapBenchmark(Device device) {
    this.device = device;
    this.sync = MatricesKernels.sync(device);
    this.async = MatricesKernels.async(device);
  }

  /** The seconds of one round of each kind. */
  record Round(double sync, double async) {
    double ratio() {
      return sync / async;
    }
  }

  /** Runs the rounds, after one of each that does not count. */
  List<Round> run() throws InterruptedException {
    round();
    List<Round> rounds = new ArrayList<>();
    for (int i = 0; i < ROUNDS; i++) {
      rounds.add(round());
    }
    return rounds;
  }

  private Round round() throws InterruptedException {
    long start = System.nanoTime();
    float fromSync = syncLoop();
    long between = System.nanoTime();
    float fromAsync = asyncLoop();
    long end = System.nanoTime();
    if (fromSync != fromAsync) {
      throw new AssertionError("sync gave %s, async %s".formatted(fromSync, fromAsync));
    }
    return new Round((between - start) / 1e9, (end - between) / 1e9);
  }

  private float[] prepare() throws InterruptedException {
    Thread.sleep(PREPARATION);
    return data;
  }

  private float syncLoop() throws InterruptedException {
    DeviceBuffer<Large> result = sync.square(device.put(Large.class, prepare()));
    for (int i = 1; i < ITERATIONS; i++) {
      result = sync.square(device.put(Large.class, prepare()));
    }
    return result.toFloatArray()[0];
  }

  private float asyncLoop() throws InterruptedException {
    BufferPromise<Large> result = async.square(device.putAsync(Large.class, prepare()));
    for (int i = 1; i < ITERATIONS; i++) {
      result = async.square(device.putAsync(Large.class, prepare()));
    }
    return result.toFloatArray()[0];
  }
}
