package org.hlo4j.examples.ring;

import java.io.PrintStream;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.function.Supplier;
import org.hlo4j.DeviceGroup;
import org.hlo4j.KernelMetadata;
import org.hlo4j.Pjrt;
import org.hlo4j.Sharded;
import org.hlo4j.ShardedBuffer;

/** Runs the pipelines of {@link Rings} on four devices, and prints what became of each. */
public final class GoAround {
  private static final int DEVICES = 4;

  private final Rings rings;
  private final RingsKernels.Inputs inputs;
  private final PrintStream out;

  GoAround(DeviceGroup group, PrintStream out) {
    this.rings = RingsKernels.sync(group);
    this.inputs = RingsKernels.inputs(group);
    this.out = out;
  }

  /** Takes no arguments. */
  public static void main(String[] args) {
    try (Pjrt pjrt = Pjrt.builder().cpuDevices(DEVICES).open()) {
      System.out.println(pjrt);
      new GoAround(pjrt.group(DEVICES), System.out).run();
    }
  }

  void run() {
    Map<String, Supplier<Sharded<Shard>>> pipelines = new LinkedHashMap<>();
    pipelines.put("overlap", () -> rings.overlap(x()).y());
    pipelines.put("secondConsumer", () -> rings.secondConsumer(x()).w());
    pipelines.put("inPlace", () -> rings.inPlace(x()).z());
    pipelines.put("ring", () -> rings.ring(x()));
    pipelines.put("staggered", () -> rings.staggered(x()));
    pipelines.put("accumulating", () -> rings.accumulating(x(), zero()).y());
    pipelines.put("stateful", () -> rings.stateful(x()));
    pipelines.put("twoSlots", () -> rings.twoSlots(x()));
    pipelines.forEach(this::run);
  }

  private void run(String name, Supplier<Sharded<Shard>> pipeline) {
    out.printf("%n%s%n", name);
    try (Sharded<Shard> result = pipeline.get()) {
      List<float[]> values = result.toArrays(float[].class);
      for (int device = 0; device < DEVICES; device++) {
        out.printf(
            Locale.ROOT, "  device %d has %s%n", device, Arrays.toString(values.get(device)));
      }
    }
    schedule(name).forEach(line -> out.println("  " + line));
  }

  /** What the annotation processor has made of a pipeline. */
  private static List<String> schedule(String name) {
    return RingsKernels.metadata().stream()
        .filter(kernel -> kernel.name().endsWith("." + name))
        .map(KernelMetadata::schedule)
        .findFirst()
        .orElseThrow();
  }

  /** Device 2 has 20, 21, 22 and 23. */
  private ShardedBuffer<Shard> x() {
    List<float[]> values = new ArrayList<>();
    for (int device = 0; device < DEVICES; device++) {
      float[] shard = new float[Shard.SIZE];
      for (int i = 0; i < shard.length; i++) {
        shard[i] = 10 * device + i;
      }
      values.add(shard);
    }
    return inputs.permute().x().putEach(values);
  }

  private ShardedBuffer<Shard> zero() {
    return inputs.permute().x().put(new float[Shard.SIZE]);
  }
}
