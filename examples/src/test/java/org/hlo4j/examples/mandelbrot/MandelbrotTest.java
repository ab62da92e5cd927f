package org.hlo4j.examples.mandelbrot;

import static com.google.common.truth.Truth.assertThat;

import java.awt.image.BufferedImage;
import org.hlo4j.Device;
import org.hlo4j.Pjrt;
import org.hlo4j.examples.mandelbrot.Mandelbrot.Columns;
import org.hlo4j.examples.mandelbrot.Mandelbrot.Rows;
import org.junit.jupiter.api.Test;

final class MandelbrotTest {
  private static final View WHOLE = new View(-0.75, 0, 4);

  /** Rows from above the set to its middle. */
  private static final int FIRST = View.HEIGHT / 2 - Mandelbrot.ROWS + 1;

  @Test
  void aTileHasWhatPlainJavaComputes() {
    float[] columns = WHOLE.columns();
    float[] rows = WHOLE.rows(FIRST, Mandelbrot.ROWS);
    float[] tile;
    try (Pjrt pjrt = Pjrt.open()) {
      Device device = pjrt.device();
      tile =
          MandelbrotKernels.sync(device)
              .escape(device.put(Columns.class, columns), device.put(Rows.class, rows))
              .toFloatArray();
    }

    int different = 0;
    int staying = 0;
    for (int i = 0; i < tile.length; i++) {
      float plain = PlainJava.escape(columns[i % columns.length], rows[i / columns.length]);
      different += Math.abs(plain - tile[i]) > 0.01f ? 1 : 0;
      staying += tile[i] == 0 ? 1 : 0;
    }
    // Beside the set's edge the last bit of a product decides; nowhere else.
    assertThat(different).isLessThan(tile.length / 200);
    assertThat(staying).isGreaterThan(tile.length / 4);
    assertThat(staying).isLessThan(3 * tile.length / 4);
  }

  @Test
  void allTilesTogetherAreTheWholePicture() {
    // Far out every point leaves at once: this is quick.
    View far = new View(0, 0, 400);
    float[] all;
    try (Pjrt pjrt = Pjrt.builder().cpuDevices(2).open()) {
      all = new OnDevices(pjrt).compute(far);
    }

    Colours colours = new Colours();
    BufferedImage image = colours.paint(all, Mandelbrot.WIDTH);
    BufferedImage plain = colours.paint(PlainJava.compute(far, true), Mandelbrot.WIDTH);
    assertThat(image.getHeight()).isEqualTo(View.HEIGHT);
    assertThat(Difference.between(image, plain).visible()).isLessThan(1000);
  }

  @Test
  void theCentreOfTheViewIsTheCentreOfThePicture() {
    View view = new View(-0.5, 0.25, 1);

    float[] columns = view.columns();
    float[] rows = view.rows(View.HEIGHT / 2 - 1, 2);

    assertThat((columns[1919] + columns[1920]) / 2).isWithin(1e-6f).of(-0.5f);
    assertThat((rows[0] + rows[1]) / 2).isWithin(1e-6f).of(0.25f);
    assertThat(rows[0]).isGreaterThan(rows[1]);
  }

  @Test
  void pointsThatStayAreBlackAndNeighboursHaveNeighbouringColours() {
    Colours colours = new Colours();

    assertThat(colours.colour(0)).isEqualTo(0);
    assertThat(colours.colour(20) & 0xFF).isNotEqualTo(0);
    assertThat(Math.abs((colours.colour(20.01f) & 0xFF) - (colours.colour(20) & 0xFF))).isAtMost(2);
  }
}
