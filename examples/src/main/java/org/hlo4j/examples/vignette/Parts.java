package org.hlo4j.examples.vignette;

import java.io.PrintStream;
import java.util.Locale;
import org.hlo4j.BufferPromise;
import org.hlo4j.Device;
import org.hlo4j.DeviceBuffer;
import org.hlo4j.Promise;

/** The vignette's first six parts. */
final class Parts {
  private final Device device;
  private final PrintStream out;
  private final RandomData random = new RandomData(42);
  private final Matrices sync;
  private final MatricesAsync async;

  Parts(Device device, PrintStream out) {
    this.device = device;
    this.out = out;
    this.sync = MatricesKernels.sync(device);
    this.async = MatricesKernels.async(device);
    MatricesKernels.prepare(device).value();
  }

  /** Each step waits for the one before, and then none does. */
  void syncAndAsync() {
    float[] data = random.matrix(Large.SIZE);
    DeviceBuffer<Large> x = device.put(Large.class, data);
    DeviceBuffer<Large> result = sync.twice(x);
    float[] output = result.toFloatArray();
    print("sync:  2 * %.4f = %.4f", data[0], output[0]);

    BufferPromise<Large> transfer = device.putAsync(Large.class, data);
    BufferPromise<Large> later = async.twice(transfer);
    Promise<float[]> asyncOutput = later.toFloatArrayAsync();
    double sumMeanwhile = 0;
    for (float value : data) {
      sumMeanwhile += value;
    }
    print("async: while the device worked, Java found the mean %.4f", sumMeanwhile / data.length);
    print("async: 2 * %.4f = %.4f", data[0], asyncOutput.value()[0]);
  }

  /** Two transfers in flight; their promises go straight into a kernel. */
  DeviceBuffer<Small> twoTransfers() {
    // R's matrix(1:4, 2, 2) counts down the columns; hlo4j's arrays go along the rows.
    BufferPromise<Small> x = device.putAsync(Small.class, new float[] {1, 3, 2, 4});
    BufferPromise<Small> y = device.putAsync(Small.class, new float[] {5, 7, 6, 8});
    DeviceBuffer<Small> sum = async.add(x, y).value();
    print("%s", sum);
    return sum;
  }

  /** A read-back is chained to a result that is not there yet. */
  float chainedReadBack() {
    float[] data = random.matrix(Large.SIZE);
    Promise<float[]> output = async.twice(device.putAsync(Large.class, data)).toFloatArrayAsync();
    print("ordered: transfer, execution and read-back; now waiting for the values");
    float last = output.value()[data.length - 1];
    print("2 * %.4f = %.4f", data[data.length - 1], last);
    return last / data[data.length - 1];
  }

  /** Logs the result of the previous step while the device computes the next one. */
  void logThePreviousStep() {
    int steps = 5;
    BufferPromise<Square> y = device.putAsync(Square.class, random.matrix(Square.SIZE));
    BufferPromise<Square> input = device.putAsync(Square.class, random.matrix(Square.SIZE));
    Promise<float[]> previous = null;
    for (int step = 1; step <= steps; step++) {
      BufferPromise<Square> result = async.multiplyAdd(input, y);
      if (previous != null) {
        print("step %d: metric %.4f", step - 1, previous.value()[0]);
      }
      input = device.putAsync(Square.class, random.matrix(Square.SIZE));
      previous = result.toFloatArrayAsync();
    }
    if (previous != null) {
      print("step %d: metric %.4f", steps, previous.value()[0]);
    }
  }

  /** Asks whether a large transfer has arrived, without waiting for it. */
  int pollATransfer() {
    BufferPromise<Large> transfer = device.putAsync(Large.class, random.matrix(Large.SIZE));
    int polls = 1;
    while (!transfer.isReady()) {
      polls++;
      Thread.onSpinWait();
    }
    print("the transfer was there when asked %s", polls == 1 ? "once" : polls + " times");
    return polls;
  }

  /** Feeds each result into the next step, and reads once at the end. */
  float[] trainingLoop() {
    int steps = 5;
    float[] start = random.matrix(Square.SIZE);
    float[] factors = random.matrix(Square.SIZE);
    BufferPromise<Square> x = device.putAsync(Square.class, start);
    BufferPromise<Square> y = device.putAsync(Square.class, factors);
    for (int step = 0; step < steps; step++) {
      x = async.multiplyAdd(x, y);
    }
    float[] result = x.toFloatArray();
    float worst = 0;
    for (int i = 0; i < result.length; i++) {
      float expected = start[i];
      for (int step = 0; step < steps; step++) {
        expected = expected * factors[i] + expected;
      }
      worst = Math.max(worst, Math.abs(result[i] - expected) / expected);
    }
    print("final shape %s, first value %.6f", x.shape(), result[0]);
    print("largest relative difference to plain Java: %.1e", worst);
    return result;
  }

  private void print(String format, Object... arguments) {
    out.println("   " + String.format(Locale.ROOT, format, arguments).replace("\n", "\n   "));
  }
}
