package org.hlo4j.processor.plan;

import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import org.hlo4j.internal.mlir.analysis.EntryPoint;
import org.hlo4j.internal.mlir.model.Attributes;
import org.hlo4j.internal.mlir.model.FunctionArgument;

/** Prints donations as attributes of a program's inputs. */
public final class DonationText {
  private DonationText() {}

  /** Returns the attribute of an input whose memory an output reuses. */
  public static String attribute(int output) {
    return "tf.aliasing_output = %s : i32".formatted(output);
  }

  /**
   * Adds donations to a program, or to a bare signature.
   *
   * @param text the text that the entry point was read from
   * @param donations the outputs that reuse the memory of inputs, by input
   */
  static String added(String text, EntryPoint entry, Map<Integer, Integer> donations) {
    StringBuilder out = new StringBuilder(text);
    List<Integer> inputs = new ArrayList<>(donations.keySet());
    // Backwards, so that other offsets stay valid.
    inputs.sort(Collections.reverseOrder());
    for (int input : inputs) {
      String attribute = attribute(donations.getOrDefault(input, 0));
      FunctionArgument argument = entry.inputs().get(input).argument();
      Attributes attributes = argument.attributes();
      if (attributes.span() == null) {
        out.insert(argument.typeSpan().end(), " {" + attribute + "}");
      } else {
        String separator = attributes.list().isEmpty() ? "" : ", ";
        out.insert(attributes.span().start() + 1, attribute + separator);
      }
    }
    return out.toString();
  }
}
