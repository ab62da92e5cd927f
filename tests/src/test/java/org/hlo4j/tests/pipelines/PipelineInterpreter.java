package org.hlo4j.tests.pipelines;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;

/** Runs a random pipeline in plain Java, statement by statement. */
final class PipelineInterpreter {
  /** What names stand for. */
  private sealed interface Thing {}

  private record Tensors(List<int[][]> parts) implements Thing {}

  private record Slots(List<int[][]> values) implements Thing {}

  private record Counter(int round) implements Thing {}

  private record Pending(Line.Call call, List<int[][]> results) implements Thing {}

  private static final int[][] UNDEFINED = new int[0][];

  private final Map<String, Thing> things = new HashMap<>();

  private PipelineInterpreter() {}

  /** What the program of a pipeline gives for the numbers that it gets. */
  static List<int[][]> run(RandomPipeline pipeline, List<int[][]> inputs) {
    PipelineInterpreter interpreter = new PipelineInterpreter();
    for (int i = 0; i < inputs.size(); i++) {
      RandomPipeline.Parameter parameter = pipeline.parameters().get(i);
      interpreter.things.put(
          parameter.name(),
          parameter.isRef()
              ? new Slots(new ArrayList<>(inputs.subList(i, i + 1)))
              : new Tensors(inputs.subList(i, i + 1)));
    }
    pipeline.lines().forEach(interpreter::run);
    List<int[][]> outputs = new ArrayList<>();
    pipeline.returned().forEach(place -> outputs.addAll(interpreter.read(place)));
    for (RandomPipeline.Parameter parameter : pipeline.parameters()) {
      if (parameter.isRef()) {
        outputs.addAll(interpreter.read(Line.Place.of(parameter.name())));
      }
    }
    return outputs;
  }

  private void run(Line line) {
    switch (line) {
      case Line.Call call -> {
        List<int[][]> inputs = new ArrayList<>();
        call.arguments().forEach(place -> inputs.addAll(read(place)));
        Pending pending = new Pending(call, call.op().meaning().apply(inputs));
        if (call.starts()) {
          things.put(call.targets().get(0), pending);
        } else {
          deliver(pending, call.targets());
        }
      }
      case Line.Done done ->
          deliver((Pending) Objects.requireNonNull(things.get(done.future())), done.targets());
      case Line.Assign assign -> {
        List<Thing> values = new ArrayList<>();
        assign.values().forEach(place -> values.add(new Tensors(read(place))));
        for (int i = 0; i < values.size(); i++) {
          things.put(assign.targets().get(i), values.get(i));
        }
      }
      case Line.NewRef newRef -> {
        List<int[][]> values = new ArrayList<>();
        for (Line.Slot slot : newRef.slots()) {
          values.add(slot.isEmpty() ? UNDEFINED : read(slot.first()).get(0));
        }
        things.put(newRef.name(), new Slots(values));
      }
      case Line.Repeat repeat -> {
        for (int round = 0; round < repeat.count(); round++) {
          things.put(repeat.counter(), new Counter(round));
          repeat.body().forEach(this::run);
        }
      }
      case Line.InOrder inOrder -> inOrder.body().forEach(this::run);
    }
  }

  private void deliver(Pending pending, List<String> targets) {
    Line.Call call = pending.call();
    List<int[][]> results = pending.results();
    if (call.op().isRef()) {
      write(call.arguments().get(call.op().taken()), results.get(0));
    } else if (!call.writes().isEmpty()) {
      for (int i = 0; i < results.size(); i++) {
        write(call.writes().get(i), results.get(i));
      }
    } else if (targets.size() == 1) {
      things.put(targets.get(0), new Tensors(results));
    } else {
      for (int i = 0; i < results.size(); i++) {
        things.put(targets.get(i), new Tensors(results.subList(i, i + 1)));
      }
    }
  }

  private void write(Line.Place place, int[][] value) {
    List<int[][]> values = slots(place).values();
    values.set(slot(place, values.size()), value);
  }

  private List<int[][]> read(Line.Place place) {
    if (things.get(place.name()) instanceof Slots slots) {
      int slot = slot(place, slots.values().size());
      return List.copyOf(slots.values().subList(slot, slot + 1));
    }
    List<int[][]> parts = ((Tensors) Objects.requireNonNull(things.get(place.name()))).parts();
    return switch (place.component()) {
      case "" -> parts;
      case "a" -> parts.subList(0, 1);
      default -> parts.subList(1, 2);
    };
  }

  private Slots slots(Line.Place place) {
    return (Slots) Objects.requireNonNull(things.get(place.name()));
  }

  /** Which slot an index names: {@code 1}, {@code i} or {@code i + 1}. */
  private int slot(Line.Place place, int count) {
    int sum = 0;
    for (String part : place.index().split(" \\+ ", 2)) {
      if (!part.isEmpty()) {
        sum +=
            things.get(part) instanceof Counter counter ? counter.round() : Integer.parseInt(part);
      }
    }
    return sum % count;
  }
}
