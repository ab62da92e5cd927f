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

/** The nested containers of values, as JAX flattened them. */
sealed interface Pytree {
  /** Returns the step from the enclosing container. */
  Step step();

  /** Returns the positions of the values, in order. */
  Stream<Integer> places();

  /** Returns the same tree with other positions. */
  Pytree mapped(IntUnaryOperator places);

  /** Returns the keys, with a text for the value at each position. */
  String structure(IntFunction<?> ofPlace);

  /** A value, by its position. */
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

  /** Returns the trees from which values were flattened, one per root. */
  static List<Pytree> of(List<Label> labels) {
    List<Rest> rests = new ArrayList<>();
    for (Label label : labels) {
      rests.add(new Rest(label.fromRoot(), rests.size()));
    }
    return children(rests);
  }

  /** The remaining steps to a value. */
  record Rest(List<Step> steps, int place) {
    public Rest {
      steps = List.copyOf(steps);
    }

    private Rest next() {
      return new Rest(steps.subList(1, steps.size()), place);
    }

    /** Returns the value without enclosing containers. */
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
    // Values that were separated by others return to their positions.
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

  /** Returns whether the values are adjacent and in the order of flattening. */
  private static boolean areInARow(List<Rest> rests) {
    int first = rests.get(0).place();
    int last = rests.get(rests.size() - 1).place();
    return last - first == rests.size() - 1;
  }
}
