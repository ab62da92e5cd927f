package org.hlo4j.examples.mandelbrot;

import java.util.stream.IntStream;

/** The same in plain Java: the same steps in the same precision, a point at a time. */
final class PlainJava {
  private static final float LIMIT = 64;
  private static final float PER_OCTAVE = 1.442695f;

  private PlainJava() {}

  /** The smooth number of steps of each point, row by row, by one thread or by one a core. */
  static float[] compute(View view, boolean parallel) {
    float[] columns = view.columns();
    float[] rows = view.rows(0, View.HEIGHT);
    float[] all = new float[rows.length * columns.length];
    IntStream each = IntStream.range(0, rows.length);
    (parallel ? each.parallel() : each)
        .forEach(
            row -> {
              for (int column = 0; column < columns.length; column++) {
                all[row * columns.length + column] = escape(columns[column], rows[row]);
              }
            });
    return all;
  }

  /**
   * Four steps between two looks at |z|, as in the program, and fused multiplications and
   * additions: both are faster here as well.
   */
  static float escape(float cx, float cy) {
    float x = 0;
    float y = 0;
    for (int n = 0; n <= Mandelbrot.STEPS; n += 4) {
      float abs2 = Math.fma(x, x, y * y);
      if (abs2 >= LIMIT) {
        return n - (float) Math.log((float) Math.log(abs2) * 0.5f) * PER_OCTAVE;
      }
      for (int step = 0; step < 4; step++) {
        float next = Math.fma(x, x, Math.fma(-y, y, cx));
        y = Math.fma(x + x, y, cy);
        x = next;
      }
    }
    return 0;
  }
}
