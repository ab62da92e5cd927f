package org.hlo4j.tests.pipelines;

import java.util.List;
import java.util.Locale;

/** A statement of a random pipeline. */
sealed interface Line {
  /**
   * What a statement reads, or a {@code Ref} that it writes.
   *
   * @param component of a record, or nothing
   * @param index of a slot as it is written: a number, or a counter and what is added; or nothing
   */
  record Place(String name, String component, String index) {
    static Place of(String name) {
      return new Place(name, "", "");
    }

    @Override
    public String toString() {
      return name
          + (component.isEmpty() ? "" : "." + component)
          + (index.isEmpty() ? "" : "[" + index + "]");
    }
  }

  /** A call, or the start of one. */
  record Call(
      List<String> targets, boolean starts, Op op, List<Place> arguments, List<Place> writes)
      implements Line {}

  /** The end of a call. */
  record Done(List<String> targets, String future) implements Line {}

  /** Other names for values. */
  record Assign(List<String> targets, List<Place> values) implements Line {}

  /** A slot of a variable. */
  record Slot(boolean isEmpty, Place first) {}

  /** A variable. */
  record NewRef(String name, List<Slot> slots) implements Line {}

  /** A loop; the counter may be empty. */
  record Repeat(int count, String counter, List<String> carried, List<Line> body) implements Line {}

  /** Statements one after the other. */
  record InOrder(List<Line> body) implements Line {}

  /** Statements as a pipeline's text. */
  static String text(List<Line> lines) {
    StringBuilder text = new StringBuilder();
    for (Line line : lines) {
      text.append(text(line));
    }
    return text.toString();
  }

  private static String text(Line line) {
    return switch (line) {
      case Call call ->
          "%s%s%s(%s%s)%n"
              .formatted(
                  targets(call.targets()),
                  call.starts() ? "start " : "",
                  call.op().name(),
                  list(call.arguments()),
                  call.writes().isEmpty() ? "" : " -> " + list(call.writes()));
      case Done done -> "%sdone %s%n".formatted(targets(done.targets()), done.future());
      case Assign assign -> targets(assign.targets()) + list(assign.values()) + "\n";
      case NewRef newRef ->
          "%s = ref %s%n"
              .formatted(
                  newRef.name(),
                  list(
                      newRef.slots().stream()
                          .map(slot -> (slot.isEmpty() ? "like " : "") + slot.first())
                          .toList()));
      case Repeat repeat ->
          String.format(
              Locale.ROOT,
              "repeat %d%s%s {%n%s}%n",
              repeat.count(),
              repeat.counter().isEmpty() ? "" : " as " + repeat.counter(),
              repeat.carried().isEmpty() ? "" : " (" + list(repeat.carried()) + ")",
              text(repeat.body()).indent(2));
      case InOrder inOrder -> "in order {%n%s}%n".formatted(text(inOrder.body()).indent(2));
    };
  }

  private static String targets(List<String> targets) {
    return targets.isEmpty() ? "" : list(targets) + " = ";
  }

  private static String list(List<?> parts) {
    return String.join(", ", parts.stream().map(String::valueOf).toList());
  }
}
