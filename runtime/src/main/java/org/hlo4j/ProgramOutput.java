package org.hlo4j;

import org.hlo4j.type.Shape;

/**
 * An output of a program.
 *
 * @param name the name that the exporter gave it ({@code jax.result_info}), or its place
 * @param shape its element type and dimensions
 */
public record ProgramOutput(String name, Shape shape) {

  /** As a result of the program, such as {@code loss: tensor<f32>}. */
  @Override
  public String toString() {
    return name + ": " + shape;
  }
}
