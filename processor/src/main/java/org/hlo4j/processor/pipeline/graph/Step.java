package org.hlo4j.processor.pipeline.graph;

import java.util.Collection;
import java.util.List;
import java.util.function.IntPredicate;
import java.util.stream.IntStream;
import java.util.stream.Stream;

/** A step of a pipeline. */
public sealed interface Step {
  /** Returns steps and, after each loop, its steps. */
  static Stream<Step> all(List<Step> steps) {
    return steps.stream()
        .flatMap(
            step ->
                step instanceof Repeat repeat
                    ? Stream.concat(Stream.of(step), all(repeat.body()))
                    : Stream.of(step));
  }

  /**
   * A call.
   *
   * @param outputs one for each output of the kernel's program
   * @param line the line in the text, from 1
   */
  record Run(Callee callee, List<FlowValue> inputs, List<FlowValue> outputs, int line)
      implements Step {
    public Run {
      inputs = List.copyOf(inputs);
      outputs = List.copyOf(outputs);
    }
  }

  /** The start of a call. */
  record Start(List<FlowValue> inputs, Future future, int line) implements Step {
    public Start {
      inputs = List.copyOf(inputs);
    }
  }

  /** The end of a call that was started. */
  record Done(Future future, List<FlowValue> outputs, int line) implements Step {
    public Done {
      outputs = List.copyOf(outputs);
    }
  }

  /**
   * A loop.
   *
   * @param initial the parameters in the first round
   * @param yields the parameters in the next round
   * @param results the parameters after the last round
   */
  record Repeat(
      long count,
      List<Item> initial,
      List<Item> parameters,
      List<Step> body,
      List<Item> yields,
      List<Item> results,
      int line)
      implements Step {
    public Repeat {
      initial = List.copyOf(initial);
      parameters = List.copyOf(parameters);
      body = List.copyOf(body);
      yields = List.copyOf(yields);
      results = List.copyOf(results);
    }

    /** Returns this loop with some of its carried items, by index. */
    public Repeat carrying(IntPredicate kept) {
      List<Integer> places = IntStream.range(0, parameters.size()).filter(kept).boxed().toList();
      return new Repeat(
          count,
          places.stream().map(initial::get).toList(),
          places.stream().map(parameters::get).toList(),
          body,
          places.stream().map(yields::get).toList(),
          places.stream().map(results::get).toList(),
          line);
    }

    /**
     * Returns this loop without the items that each round leaves unchanged.
     *
     * @param outside records the replacements of their results
     */
    public Repeat withoutConstants(Renaming outside) {
      Renaming inside = new Renaming();
      for (int i = 0; i < parameters.size(); i++) {
        if (isConstant(i)) {
          inside.put(parameters.get(i), initial.get(i));
          outside.put(results.get(i), initial.get(i));
        }
      }
      Repeat changing = carrying(i -> !isConstant(i));
      return changing.with(inside.uses(body), inside.ofItems(changing.yields()));
    }

    private boolean isConstant(int place) {
      return yields.get(place).equals(parameters.get(place));
    }

    /** Returns this loop with another body. */
    public Repeat with(List<Step> otherBody, List<Item> otherYields) {
      return new Repeat(count, initial, parameters, otherBody, otherYields, results, line);
    }
  }

  /**
   * An order: each output is the input of the same index, available only when all inputs are.
   *
   * @param isKept whether this ends a stretch of work that later steps must not overtake
   */
  record Fence(List<FlowValue> inputs, List<FlowValue> outputs, boolean isKept) implements Step {
    /** Returns a fence over values, with an output for each of them. */
    public static Fence over(Collection<FlowValue> values, boolean isKept) {
      List<FlowValue> inputs = List.copyOf(values);
      return new Fence(inputs, inputs.stream().map(FlowValue::fresh).toList(), isKept);
    }

    public Fence {
      inputs = List.copyOf(inputs);
      outputs = List.copyOf(outputs);
    }
  }
}
