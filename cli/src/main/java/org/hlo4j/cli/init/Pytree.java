package org.hlo4j.cli.init;

import java.util.ArrayList;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.function.IntFunction;
import java.util.function.IntUnaryOperator;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.hlo4j.cli.init.Label.Step;

/** Values in the nested containers that they came from. */
sealed interface Pytree {
  /** How it is reached from what is around it. */
  Step step();

  /** The places of the values in it, in order. */
  Stream<Integer> places();

  /** The same with other places. */
  Pytree mapped(IntUnaryOperator places);

  /** What is in it: keys, and what a function says of each place. */
  String structure(IntFunction<?> ofPlace);

  /** A value, by its place among all. */
  record Leaf(Step step, int place) implements Pytree {
    @Override
    public Stream<Integer> places() {
      return Stream.of(place);
    }

    @Override
    public Pytree mapped(IntUnaryOperator places) {
      return new Leaf(step, places.applyAsInt(place));
    }

    @Override
    public String structure(IntFunction<?> ofPlace) {
      return String.valueOf(ofPlace.apply(place));
    }
  }

  /** A container. */
  record Group(Step step, List<Pytree> children) implements Pytree {
    public Group {
      children = List.copyOf(children);
    }

    @Override
    public Stream<Integer> places() {
      return children.stream().flatMap(Pytree::places);
    }

    @Override
    public Pytree mapped(IntUnaryOperator places) {
      return new Group(step, children.stream().map(child -> child.mapped(places)).toList());
    }

    @Override
    public String structure(IntFunction<?> ofPlace) {
      return children.stream()
          .map(child -> "'" + child.step().key() + "': " + child.structure(ofPlace))
          .collect(Collectors.joining(", ", "{", "}"));
    }
  }

  /** The containers that values were flattened from, one for each root. */
  static List<Pytree> of(List<Label> labels) {
    List<Rest> rests = new ArrayList<>();
    for (Label label : labels) {
      rests.add(new Rest(label.fromRoot(), rests.size()));
    }
    return children(rests);
  }

  /** What is left of the way to a value. */
  record Rest(List<Step> steps, int place) {
    public Rest {
      steps = List.copyOf(steps);
    }

    private Rest next() {
      return new Rest(steps.subList(1, steps.size()), place);
    }

    /** The value without containers around it. */
    private Leaf leaf() {
      List<String> keys = steps.stream().map(Step::key).toList();
      String text = steps.stream().map(Step::text).collect(Collectors.joining());
      return new Leaf(
          steps.size() == 1 ? steps.get(0) : new Step(String.join("_", keys), false, text), place);
    }
  }

  private static List<Pytree> children(List<Rest> rests) {
    Map<Step, List<Rest>> byStep = new LinkedHashMap<>();
    rests.forEach(
        rest -> byStep.computeIfAbsent(rest.steps().get(0), first -> new ArrayList<>()).add(rest));
    List<Pytree> children = new ArrayList<>();
    byStep.forEach((step, inside) -> children.addAll(child(step, inside)));
    // Values that stand alone, since others came between them, go back to where they were.
    children.sort(Comparator.comparing(child -> child.places().findFirst().orElseThrow()));
    return children;
  }

  private static List<Pytree> child(Step step, List<Rest> inside) {
    boolean isGroup = inside.stream().allMatch(rest -> rest.steps().size() > 1);
    if (isGroup && areInARow(inside)) {
      return List.of(new Group(step, children(inside.stream().map(Rest::next).toList())));
    }
    return inside.stream().<Pytree>map(Rest::leaf).toList();
  }

  /** Whether they would be flattened again in the order in which they came. */
  private static boolean areInARow(List<Rest> rests) {
    int first = rests.get(0).place();
    int last = rests.get(rests.size() - 1).place();
    return last - first == rests.size() - 1;
  }
}
