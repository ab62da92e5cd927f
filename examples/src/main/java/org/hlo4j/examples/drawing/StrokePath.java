package org.hlo4j.examples.drawing;

import java.awt.geom.Arc2D;
import java.awt.geom.Path2D;
import java.util.Locale;
import java.util.Scanner;

/** Reads the movements of a pen, y growing upwards. */
record StrokePath(Scanner words, Path2D path) {

  /**
   * Reads commands, each a letter and numbers: {@code M x y} moves, {@code L x y} draws a line,
   * {@code C x1 y1 x2 y2 x y} a cubic, {@code A x y rx ry start turn} an arc about a centre, in
   * degrees, counterclockwise; {@code a} is an arc that a line leads to.
   */
  static Path2D parse(String commands) {
    try (Scanner words = new Scanner(commands)) {
      StrokePath reader = new StrokePath(words.useLocale(Locale.ROOT), new Path2D.Double());
      while (words.hasNext()) {
        reader.command(words.next());
      }
      return reader.path;
    }
  }

  private void command(String name) {
    switch (name) {
      case "M" -> path.moveTo(next(), next());
      case "L" -> path.lineTo(next(), next());
      case "C" -> path.curveTo(next(), next(), next(), next(), next(), next());
      case "A" -> arc(false, next(), next(), next(), next(), next(), next());
      case "a" -> arc(true, next(), next(), next(), next(), next(), next());
      default -> throw new IllegalArgumentException("No such movement of a pen: " + name);
    }
  }

  private double next() {
    return words.nextDouble();
  }

  /** Angles of Java's arcs go the other way, since y grows downwards there. */
  private void arc(
      boolean joined, double x, double y, double rx, double ry, double start, double turn) {
    path.append(
        new Arc2D.Double(x - rx, y - ry, 2 * rx, 2 * ry, -start, -turn, Arc2D.OPEN), joined);
  }
}
