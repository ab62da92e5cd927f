package org.hlo4j.examples.options;

import java.util.ArrayList;
import java.util.List;
import org.hlo4j.Device;
import org.hlo4j.Pjrt;
import org.hlo4j.Tensor;
import org.hlo4j.examples.options.Calls.Market;
import org.hlo4j.examples.options.Calls.RandomKey;
import org.hlo4j.examples.options.Calls.Strikes;

/** Deals simulations to all devices: every one is in flight before the first is read. */
final class OnDevices {
  private static final long SEED = 42;

  private final List<Device> devices;
  private final List<Tensor<Strikes>> strikes;
  private final List<Market> markets;

  OnDevices(Pjrt pjrt) {
    this.devices = pjrt.devices();
    this.strikes = devices.stream().map(Terms::strikes).toList();
    this.markets = devices.stream().map(Terms::market).toList();
    devices.forEach(device -> CallsKernels.prepare(device).value());
  }

  /** What each call costs. */
  double[] formula() {
    return CallsKernels.sync(devices.get(0))
        .formula(strikes.get(0), markets.get(0))
        .toDoubleArray();
  }

  /** Runs simulations, each with the numbers that its own key makes: an estimate for each call. */
  List<List<Estimate>> simulate(int count) {
    List<CallsAsync.PayoffsPromise> ordered = new ArrayList<>();
    for (int i = 0; i < count; i++) {
      int next = i % devices.size();
      Device device = devices.get(next);
      // The generator counts in the key's second half; each simulation begins far from all others.
      Tensor<RandomKey> key = device.putAsync(RandomKey.class, new long[] {SEED, (long) i << 32});
      ordered.add(CallsKernels.async(device).simulate(key, strikes.get(next), markets.get(next)));
    }
    return ordered.stream().map(OnDevices::read).toList();
  }

  private static List<Estimate> read(CallsAsync.PayoffsPromise payoffs) {
    return Estimate.of(payoffs.sum().toDoubleArray(), payoffs.sumOfSquares().toDoubleArray());
  }
}
