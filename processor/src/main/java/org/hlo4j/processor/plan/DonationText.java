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

  /** Returns the attribute of an input that gives its memory to an output. */
  public static String attribute(int output) {
    return "tf.aliasing_output = %s : i32".formatted(output);
  }

  /**
   * Adds donations to a program, or to a signature that stands alone.
   *
   * @param text the text that the entry point was read from
   * @param donations the outputs that get the memory of inputs, by the inputs
   */
  static String added(String text, EntryPoint entry, Map<Integer, Integer> donations) {
    StringBuilder out = new StringBuilder(text);
    List<Integer> inputs = new ArrayList<>(donations.keySet());
    // From the end, so that the places of the others stay as they were.
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
