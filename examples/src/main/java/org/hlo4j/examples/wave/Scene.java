package org.hlo4j.examples.wave;

/** A basin with a source on its left and a wall with two slits, whose edges swallow the waves. */
final class Scene {
  private static final int SOURCE_COLUMN = 52;
  private static final int WALL_COLUMN = 150;
  private static final int WALL_WIDTH = 6;
  private static final int SLIT_DISTANCE = 96;
  private static final int SLIT_WIDTH = 20;
  private static final int BEACH = 44;
  private static final float SPEED_SQUARED = 0.25f;
  private static final float STRENGTH = 0.12f;

  private Scene() {}

  static float[] speed() {
    return field((row, column) -> isWall(row, column) ? 0 : SPEED_SQUARED);
  }

  static float[] keep() {
    return field(
        (row, column) -> {
          int edge =
              Math.min(
                  Math.min(row, Waves.HEIGHT - 1 - row),
                  Math.min(column, Waves.WIDTH - 1 - column));
          double depth = Math.max(0, 1 - (double) edge / BEACH);
          // Slowly at first: a sudden beach would throw the waves back.
          return (float) (1 - 0.25 * depth * depth * depth);
        });
  }

  static float[] source() {
    return field((row, column) -> column == SOURCE_COLUMN ? STRENGTH : 0);
  }

  static boolean isWall(int row, int column) {
    int fromSlit = Math.abs(Math.abs(row - Waves.HEIGHT / 2) - SLIT_DISTANCE / 2);
    return column >= WALL_COLUMN && column < WALL_COLUMN + WALL_WIDTH && fromSlit > SLIT_WIDTH / 2;
  }

  private interface Cell {
    float value(int row, int column);
  }

  private static float[] field(Cell cell) {
    float[] field = new float[Waves.HEIGHT * Waves.WIDTH];
    for (int i = 0; i < field.length; i++) {
      field[i] = cell.value(i / Waves.WIDTH, i % Waves.WIDTH);
    }
    return field;
  }
}
