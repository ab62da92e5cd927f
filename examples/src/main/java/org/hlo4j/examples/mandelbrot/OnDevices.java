package org.hlo4j.examples.mandelbrot;

import java.nio.FloatBuffer;
import java.util.ArrayList;
import java.util.List;
import org.hlo4j.BufferPromise;
import org.hlo4j.Device;
import org.hlo4j.Pjrt;
import org.hlo4j.Tensor;
import org.hlo4j.examples.mandelbrot.Mandelbrot.Columns;
import org.hlo4j.examples.mandelbrot.Mandelbrot.Rows;
import org.hlo4j.examples.mandelbrot.Mandelbrot.Tile;

/** Deals the tiles to all devices: every one is in flight before the first is read. */
final class OnDevices {
  private final List<Device> devices;

  OnDevices(Pjrt pjrt) {
    this.devices = pjrt.devices();
    devices.forEach(device -> MandelbrotKernels.prepare(device).value());
  }

  /** The smooth number of steps of each point, row by row. */
  float[] compute(View view) {
    List<Tensor<Columns>> columns = new ArrayList<>();
    for (Device device : devices) {
      columns.add(device.putAsync(Columns.class, view.columns()));
    }
    List<BufferPromise<Tile>> tiles = new ArrayList<>();
    for (int first = 0; first < View.HEIGHT; first += Mandelbrot.ROWS) {
      int next = tiles.size() % devices.size();
      Device device = devices.get(next);
      Tensor<Rows> rows = device.putAsync(Rows.class, view.rows(first, Mandelbrot.ROWS));
      tiles.add(MandelbrotKernels.async(device).escape(columns.get(next), rows));
    }
    return gather(tiles);
  }

  private static float[] gather(List<BufferPromise<Tile>> tiles) {
    int size = Mandelbrot.ROWS * Mandelbrot.WIDTH;
    float[] all = new float[tiles.size() * size];
    for (int i = 0; i < tiles.size(); i++) {
      try (BufferPromise<Tile> tile = tiles.get(i)) {
        tile.copyTo(FloatBuffer.wrap(all, i * size, size));
      }
    }
    return all;
  }
}
