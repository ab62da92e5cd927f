package org.hlo4j;

import java.util.Optional;
import java.util.OptionalInt;
import org.hlo4j.type.Shape;

/**
 * An output of a program. Immutable.
 *
 * @param name the name that the exporter gave it ({@code jax.result_info}), or its place
 * @param shape its element type and dimensions
 * @param forwardedInput the input that it is, unchanged, if it is one
 * @param sameAs the output before it that is the same computed value, if one is
 * @param copied whether XLA makes a copy of such an input or output; otherwise they share a buffer
 * @param sharding how it is spread over the partitions, where the program says that
 */
public record ProgramOutput(
    String name,
    Shape shape,
    OptionalInt forwardedInput,
    OptionalInt sameAs,
    boolean copied,
    Optional<Sharding> sharding) {

  /** As a result of the program, such as {@code loss: tensor<f32>}. */
  @Override
  public String toString() {
    String spread = sharding.filter(known -> known.devices() > 1).map(s -> ", " + s).orElse("");
    String text = name + ": " + shape + spread;
    if (forwardedInput.isPresent()) {
      text += ", input " + forwardedInput.getAsInt() + " unchanged";
    } else if (sameAs.isPresent()) {
      text += ", the same as output " + sameAs.getAsInt();
    }
    return copied ? text + ", copied" : text;
  }
}
