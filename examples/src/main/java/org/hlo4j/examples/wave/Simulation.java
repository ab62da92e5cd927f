package org.hlo4j.examples.wave;

import org.hlo4j.BufferPromise;
import org.hlo4j.Device;
import org.hlo4j.Promise;
import org.hlo4j.Ref;
import org.hlo4j.examples.wave.Waves.Basin;
import org.hlo4j.examples.wave.Waves.Count;
import org.hlo4j.examples.wave.Waves.Field;
import org.hlo4j.examples.wave.Waves.Frame;

/** The two fields on a device, and how far they have come. For one thread. */
final class Simulation implements AutoCloseable {
  private final Device device;
  private final WavesAsync waves;
  private final Basin basin;
  private final Ref<Field> now;
  private final Ref<Field> before;
  private int steps;

  /** Begins with a basin at rest. */
  Simulation(Device device) {
    this.device = device;
    this.waves = WavesKernels.async(device);
    this.basin =
        new Basin(
            device.put(Field.class, Scene.speed()),
            device.put(Field.class, Scene.keep()),
            device.put(Field.class, Scene.source()));
    float[] rest = new float[Waves.HEIGHT * Waves.WIDTH];
    this.now = Ref.of(device.put(Field.class, rest));
    this.before = Ref.of(device.put(Field.class, rest));
  }

  /** Orders an even number of steps, and answers at once: a byte for each cell will come. */
  Promise<byte[]> advance(int count) {
    BufferPromise<Frame> frame =
        waves.advance(
            now, before, basin, device.put(Count.class, steps), device.put(Count.class, count));
    steps += count;
    return frame.toByteArrayAsync();
  }

  int steps() {
    return steps;
  }

  /** The field as it is after all steps that were ordered. Waits for them. */
  float[] field() {
    return now.toFloatArray();
  }

  @Override
  public void close() {
    now.close();
    before.close();
    basin.speed().close();
    basin.keep().close();
    basin.source().close();
  }
}
