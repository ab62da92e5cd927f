package org.hlo4j.examples.options;

import org.hlo4j.Device;
import org.hlo4j.Tensor;
import org.hlo4j.examples.options.Calls.Market;
import org.hlo4j.examples.options.Calls.Scalar;
import org.hlo4j.examples.options.Calls.Strikes;

/** The numbers of the example: a share at 100, and calls on it that expire in a year. */
final class Terms {
  static final double SPOT = 100;
  static final double RATE = 0.05;
  static final double VOLATILITY = 0.2;
  static final double YEARS = 1;
  private static final int[] STRIKES = {80, 90, 100, 110, 120};

  private Terms() {}

  static int count() {
    return STRIKES.length;
  }

  static int strike(int call) {
    return STRIKES[call];
  }

  static Tensor<Strikes> strikes(Device device) {
    float[] strikes = new float[STRIKES.length];
    for (int i = 0; i < strikes.length; i++) {
      strikes[i] = STRIKES[i];
    }
    return device.putAsync(Strikes.class, strikes);
  }

  static Market market(Device device) {
    return new Market(
        device.putAsync(Scalar.class, (float) SPOT),
        device.putAsync(Scalar.class, (float) RATE),
        device.putAsync(Scalar.class, (float) VOLATILITY),
        device.putAsync(Scalar.class, (float) YEARS));
  }
}
