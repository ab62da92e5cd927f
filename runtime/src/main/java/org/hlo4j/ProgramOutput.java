package org.hlo4j;

import java.util.OptionalInt;
import org.hlo4j.type.Shape;

/**
 * An output of a program.
 *
 * @param name the name that the exporter gave it ({@code jax.result_info}), or its place
 * @param shape its element type and dimensions
 * @param forwardedInput the input that it is, unchanged, if it is one
 * @param sameAs the output before it that is the same computed value, if one is
 */
public record ProgramOutput(
    String name, Shape shape, OptionalInt forwardedInput, OptionalInt sameAs) {

  /** As a result of the program, such as {@code loss: tensor<f32>}. */
  @Override
  public String toString() {
    String text = name + ": " + shape;
    if (forwardedInput.isPresent()) {
      return text + ", input " + forwardedInput.getAsInt() + " unchanged";
    }
    return sameAs.isPresent() ? text + ", the same as output " + sameAs.getAsInt() : text;
  }
}
