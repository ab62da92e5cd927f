package org.hlo4j.tests.bench;

import java.time.Duration;
import java.util.SplittableRandom;
import java.util.stream.DoubleStream;
import org.hlo4j.BufferPromise;
import org.hlo4j.Device;
import org.hlo4j.DeviceBuffer;
import org.hlo4j.Pjrt;

/**
 * The vignette's benchmark: five times 20 ms of data preparation, a transfer, and a 1000x1000
 * matrix product. Prints how many times longer that takes if each product is waited for.
 */
final class Overlap {
  private static final int ITERATIONS = 5;
  private static final int ROUNDS = 7;
  private static final Duration PREPARATION = Duration.ofMillis(20);

  private final Timed sync;
  private final TimedAsync async;
  private final Device device;
  private final float[] data = new float[Square1000.ROWS * Square1000.ROWS];

  private Overlap(Device device) {
    this.device = device;
    this.sync = TimedKernels.sync(device);
    this.async = TimedKernels.async(device);
    SplittableRandom random = new SplittableRandom(7);
    for (int i = 0; i < data.length; i++) {
      data[i] = random.nextFloat();
    }
  }

  public static void main(String[] args) throws InterruptedException {
    try (Pjrt client = Pjrt.open()) {
      Overlap overlap = new Overlap(client.device());
      double unusedWarmUp = overlap.ratio();
      double[] ratios = new double[ROUNDS];
      for (int i = 0; i < ROUNDS; i++) {
        ratios[i] = overlap.ratio();
      }
      System.out.println(Sample.of(DoubleStream.of(ratios)).median());
    }
  }

  private double ratio() throws InterruptedException {
    long start = System.nanoTime();
    float fromSync = syncLoop();
    long between = System.nanoTime();
    float fromAsync = asyncLoop();
    long end = System.nanoTime();
    if (fromSync != fromAsync) {
      throw new AssertionError("sync gave %s, async %s".formatted(fromSync, fromAsync));
    }
    return (double) (between - start) / (end - between);
  }

  private float[] prepare() throws InterruptedException {
    Thread.sleep(PREPARATION);
    return data;
  }

  private float syncLoop() throws InterruptedException {
    DeviceBuffer<Square1000> result = sync.square(device.put(Square1000.class, prepare()));
    for (int i = 1; i < ITERATIONS; i++) {
      result = sync.square(device.put(Square1000.class, prepare()));
    }
    return result.toFloatArray()[0];
  }

  private float asyncLoop() throws InterruptedException {
    BufferPromise<Square1000> result = async.square(device.putAsync(Square1000.class, prepare()));
    for (int i = 1; i < ITERATIONS; i++) {
      result = async.square(device.putAsync(Square1000.class, prepare()));
    }
    return result.toFloatArray()[0];
  }
}
