package org.hlo4j;

import java.util.Optional;
import java.util.OptionalInt;
import org.hlo4j.type.Shape;

/**
 * An output of a program. Immutable.
 *
 * @param name the exporter's name ({@code jax.result_info}), or else its index
 * @param shape its element type and dimensions
 * @param forwardedInput the input that it returns unchanged, if any
 * @param sameAs the earlier output with the same computed value, if any
 * @param copied whether XLA copies that input or output; otherwise they share a buffer
 * @param sharding its sharding over the partitions, if the program specifies it
 */
public record ProgramOutput(
    String name,
    Shape shape,
    OptionalInt forwardedInput,
    OptionalInt sameAs,
    boolean copied,
    Optional<Sharding> sharding) {

  /** Returns this output as a result, such as {@code loss: tensor<f32>}. */
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
