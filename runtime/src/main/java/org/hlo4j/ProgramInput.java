package org.hlo4j;

import java.util.Optional;
import java.util.OptionalInt;
import org.hlo4j.type.Shape;

/**
 * An input of a program. Immutable.
 *
 * @param name its name in the program, without the {@code %}
 * @param label the exporter's name, such as {@code params['w1']}, or else {@code name}
 * @param shape its element type and dimensions
 * @param donated whether a call may reuse its memory
 * @param aliasedOutput the output that reuses the memory, if the program specifies it
 * @param unused whether the program does not use it; it is checked, but not passed to XLA
 * @param sharding its sharding over the partitions, if the program specifies it
 */
public record ProgramInput(
    String name,
    String label,
    Shape shape,
    boolean donated,
    OptionalInt aliasedOutput,
    boolean unused,
    Optional<Sharding> sharding) {

  /** Returns the same input under another name. */
  public ProgramInput named(String name) {
    return new ProgramInput(name, name, shape, donated, aliasedOutput, unused, sharding);
  }

  /**
   * Returns this input as a parameter, such as {@code x: tensor<4xf32>, donated to output 0}; with
   * its label if that differs, as in {@code arg0 (params['w1']): tensor<f32>}.
   */
  @Override
  public String toString() {
    String spread = sharding.filter(known -> known.devices() > 1).map(s -> ", " + s).orElse("");
    String shown = label.equals(name) ? name : name + " (" + label + ")";
    String text = shown + ": " + shape + spread + (unused ? ", unused" : "");
    if (!donated) {
      return text;
    }
    return aliasedOutput.isPresent()
        ? text + ", donated to output " + aliasedOutput.getAsInt()
        : text + ", donated";
  }
}
