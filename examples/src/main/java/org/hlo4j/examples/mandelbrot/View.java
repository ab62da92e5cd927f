package org.hlo4j.examples.mandelbrot;

/**
 * The part of the plane that is drawn, 16 to 9.
 *
 * @param x the real part of the centre
 * @param y the imaginary part of the centre
 * @param width from the left edge to the right one
 */
record View(double x, double y, double width) {
  /** How many points a column has. */
  static final int HEIGHT = 2160;

  /** The real part of each column. */
  float[] columns() {
    float[] columns = new float[Mandelbrot.WIDTH];
    for (int i = 0; i < columns.length; i++) {
      columns[i] = (float) (x + width * ((i + 0.5) / Mandelbrot.WIDTH - 0.5));
    }
    return columns;
  }

  /** The imaginary part of some rows, the first of which is the topmost. */
  float[] rows(int first, int count) {
    float[] rows = new float[count];
    for (int i = 0; i < count; i++) {
      rows[i] = (float) (y - width * (first + i + 0.5 - HEIGHT / 2.0) / Mandelbrot.WIDTH);
    }
    return rows;
  }
}
