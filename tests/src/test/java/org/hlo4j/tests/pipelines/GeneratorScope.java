package org.hlo4j.tests.pipelines;

import java.util.ArrayList;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;

/** What a generator of pipelines knows at a point of one. Not safe for use by several threads. */
final class GeneratorScope {
  /**
   * What a name stands for.
   *
   * @param values numbers that tell values apart
   */
  record Known(List<Kind> kinds, List<Integer> values) {}

  /** A variable, and which of its slots have values. */
  record Variable(Kind kind, List<Boolean> defined, boolean isOwn) {}

  /**
   * A call in flight.
   *
   * @param inputs the values that it reads
   * @param taken the values whose memory it takes
   * @param reads the slots that it reads, as they are written
   * @param writes the slots that it writes
   */
  record Flight(
      Line.Call call,
      List<Integer> inputs,
      Set<Integer> taken,
      Set<String> reads,
      Set<String> writes) {
    boolean uses(String slot) {
      return reads.contains(slot) || writes.contains(slot);
    }
  }

  /** Something to read. */
  record Source(Line.Place place, Kind kind, int value) {}

  /** A value that may be the same as any other. */
  static final int UNKNOWN = 0;

  final Map<String, Known> names = new LinkedHashMap<>();
  final Map<String, Variable> variables = new LinkedHashMap<>();

  /** The calls that may end here. */
  final Map<String, Flight> pending = new LinkedHashMap<>();

  /** Those that were started outside, and do not end here. */
  final List<Flight> outer = new ArrayList<>();

  /** The names that statements here may give something else to, of the same type. */
  final Set<String> assignable = new HashSet<>();

  /** The names that were there outside of the loop. */
  final Set<String> ofOuter = new HashSet<>();

  /** The variable that is indexed by this loop's counter, and how many slots it has. */
  String counted = "";

  String counter = "";

  /** The slots that have values in a round, as the counter names them. */
  final Set<Integer> countedDefined = new HashSet<>();

  List<Flight> flights() {
    List<Flight> all = new ArrayList<>(pending.values());
    all.addAll(outer);
    return all;
  }

  /** Whether a slot is free of calls in flight. */
  boolean isFree(String slot) {
    return flights().stream().noneMatch(flight -> flight.uses(slot));
  }

  boolean isUsed(String variable) {
    return flights().stream()
        .anyMatch(
            flight ->
                flight.reads().stream().anyMatch(slot -> slot.startsWith(variable + "["))
                    || flight.writes().stream().anyMatch(slot -> slot.startsWith(variable + "[")));
  }

  /** All that may be read, of one type. */
  List<Source> readable(Kind kind) {
    List<Source> found = new ArrayList<>();
    names.forEach(
        (name, known) -> {
          for (int i = 0; i < known.kinds().size(); i++) {
            String component = known.kinds().size() == 1 ? "" : List.of("a", "b").get(i);
            found.add(
                new Source(
                    new Line.Place(name, component, ""),
                    known.kinds().get(i),
                    known.values().get(i)));
          }
        });
    Set<Integer> taken = new HashSet<>();
    flights().forEach(flight -> taken.addAll(flight.taken()));
    found.removeIf(
        readable ->
            taken.contains(readable.value()) || (!taken.isEmpty() && readable.value() == UNKNOWN));
    for (Line.Place slot : slots(kind, true)) {
      if (flights().stream().noneMatch(flight -> flight.writes().contains(key(slot)))) {
        found.add(new Source(slot, kind, -1));
      }
    }
    found.removeIf(readable -> readable.kind() != kind);
    return found;
  }

  /** The slots of one type that may be named here: those with values, or all. */
  List<Line.Place> slots(Kind kind, boolean onlyDefined) {
    List<Line.Place> places = new ArrayList<>();
    variables.forEach(
        (name, variable) -> {
          int count = variable.defined().size();
          boolean isCounted = name.equals(counted);
          for (int i = 0; i < count && variable.kind() == kind; i++) {
            boolean defined = isCounted ? countedDefined.contains(i) : variable.defined().get(i);
            if (defined || !onlyDefined) {
              String index = isCounted ? counter + (i == 0 ? "" : " + " + i) : Integer.toString(i);
              places.add(new Line.Place(name, "", count == 1 ? "" : index));
            }
          }
        });
    return places;
  }

  /** A slot as flights name it. */
  static String key(Line.Place slot) {
    return "%s[%s]".formatted(slot.name(), slot.index());
  }

  /** Gives a slot a value. */
  void define(Line.Place slot) {
    if (slot.name().equals(counted)) {
      String plus = slot.index().substring(counter.length());
      countedDefined.add(plus.isEmpty() ? 0 : Integer.parseInt(plus.substring(" + ".length())));
    } else {
      variable(slot.name())
          .defined()
          .set(slot.index().isEmpty() ? 0 : Integer.parseInt(slot.index()), true);
    }
  }

  Variable variable(String name) {
    Variable variable = variables.get(name);
    if (variable == null) {
      throw new IllegalStateException("There is no variable " + name);
    }
    return variable;
  }
}
