package org.hlo4j;

import java.util.Optional;
import java.util.OptionalInt;
import org.hlo4j.type.Shape;

/**
 * An input of a program. Immutable.
 *
 * @param name its name in the program, without the {@code %}
 * @param label what the exporter calls it, such as {@code params['w1']}, or else its name
 * @param shape its element type and dimensions
 * @param donated whether a call may take its memory away
 * @param aliasedOutput the output that gets the memory, where the program says which
 * @param unused whether nothing in the program uses it; it is checked, and XLA does not get it
 * @param sharding how it is spread over the partitions, where the program says that
 */
public record ProgramInput(
    String name,
    String label,
    Shape shape,
    boolean donated,
    OptionalInt aliasedOutput,
    boolean unused,
    Optional<Sharding> sharding) {

  /** The same input under another name. */
  public ProgramInput named(String name) {
    return new ProgramInput(name, name, shape, donated, aliasedOutput, unused, sharding);
  }

  /**
   * As a parameter of the program, such as {@code x: tensor<4xf32>, donated to output 0}; with its
   * label if that is another, as in {@code arg0 (params['w1']): tensor<f32>}.
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
