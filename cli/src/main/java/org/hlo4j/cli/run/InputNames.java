package org.hlo4j.cli.run;

import java.util.ArrayList;
import java.util.Collection;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.IntStream;
import org.hlo4j.ProgramInput;
import org.hlo4j.internal.text.TreeNames;

/**
 * Finds the inputs for names in files: an input's name, label or position, or its label in any
 * spelling that {@code Weights} accepts for the components of a record.
 */
final class InputNames {
  private final List<ProgramInput> inputs;
  private final Map<String, List<String>> partsOf = new LinkedHashMap<>();
  private final Map<List<String>, List<Integer>> byParts = new HashMap<>();

  InputNames(List<ProgramInput> inputs, Collection<String> names) {
    this.inputs = inputs;
    List<List<String>> labels =
        inputs.stream().map(input -> TreeNames.parts(input.label())).toList();
    for (int place = 0; place < labels.size(); place++) {
      List<String> parts = labels.get(place);
      add(parts, place);
      // Files do not contain the name of the function's argument: params['w'] is w.
      for (int skipped = 1; skipped < parts.size(); skipped++) {
        add(parts.subList(skipped, parts.size()), place);
      }
    }
    names.forEach(name -> partsOf.put(name, TreeNames.parts(name)));
    int surplus = TreeNames.surplusParts(partsOf.values(), labels);
    partsOf.replaceAll(
        (name, parts) -> byParts.containsKey(parts) ? parts : parts.subList(surplus, parts.size()));
  }

  private void add(List<String> parts, int place) {
    byParts.computeIfAbsent(parts, unknown -> new ArrayList<>()).add(place);
  }

  /** Returns the position of the input for a name; empty if there is none, or several. */
  Optional<Integer> placeOf(String name) {
    Optional<Integer> exact =
        IntStream.range(0, inputs.size())
            .filter(place -> isExactly(inputs.get(place), place, name))
            .boxed()
            .findFirst();
    if (exact.isPresent()) {
      return exact;
    }
    List<Integer> alike = byParts.getOrDefault(partsOf.getOrDefault(name, List.of()), List.of());
    return alike.size() == 1 ? Optional.of(alike.get(0)) : Optional.empty();
  }

  private static boolean isExactly(ProgramInput input, int place, String name) {
    return input.name().equals(name)
        || input.label().equals(name)
        || name.equals(Integer.toString(place));
  }
}
