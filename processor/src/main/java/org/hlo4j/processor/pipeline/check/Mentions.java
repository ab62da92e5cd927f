package org.hlo4j.processor.pipeline.check;

import java.util.Collection;
import java.util.HashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.function.Consumer;
import org.hlo4j.processor.pipeline.syntax.Name;
import org.hlo4j.processor.pipeline.syntax.Operand;
import org.hlo4j.processor.pipeline.syntax.Statement;

/** The names used by statements, and how. */
final class Mentions {
  private Mentions() {}

  /** Returns the names that statements assign, also in loops. */
  static Set<String> assigned(Collection<Statement> statements) {
    Set<String> names = new LinkedHashSet<>();
    for (Statement statement : statements) {
      switch (statement) {
        case Statement.Call call -> addAll(call.targets(), names);
        case Statement.Done done -> addAll(done.targets(), names);
        case Statement.Assign assign -> addAll(assign.targets(), names);
        case Statement.NewRef newRef -> names.add(newRef.target().text());
        case Statement.Repeat repeat -> names.addAll(assigned(repeat.body()));
        case Statement.InOrder inOrder -> names.addAll(assigned(inOrder.body()));
        case Statement.Return unused -> {} // Gives nothing to any name.
      }
    }
    return names;
  }

  /** Returns the names that a statement reads or writes through, also in loops. */
  static Set<String> used(Statement statement) {
    Set<String> names = new LinkedHashSet<>();
    operands(statement, operand -> names.add(operand.variable().text()));
    return names;
  }

  /** Returns the names of the Refs that are indexed by a counter. */
  static Set<String> indexedBy(Name counter, List<Statement> statements) {
    Set<String> names = new LinkedHashSet<>();
    for (Statement statement : statements) {
      operands(
          statement,
          operand -> {
            boolean byCounter =
                operand.index().flatMap(Operand.Index::counter).stream()
                    .anyMatch(name -> name.text().equals(counter.text()));
            if (byCounter) {
              names.add(operand.variable().text());
            }
          });
    }
    return names;
  }

  /** Returns the number of slots of the Refs that statements declare, also in loops. */
  static Map<String, Integer> slots(List<Statement> statements) {
    Map<String, Integer> slots = new HashMap<>();
    for (Statement statement : statements) {
      switch (statement) {
        case Statement.NewRef newRef ->
            slots.merge(newRef.target().text(), newRef.slots().size(), Math::max);
        case Statement.Repeat repeat -> slots.putAll(slots(repeat.body()));
        case Statement.InOrder inOrder -> slots.putAll(slots(inOrder.body()));
        default -> {} // Makes no Ref.
      }
    }
    return slots;
  }

  private static void operands(Statement statement, Consumer<Operand> visitor) {
    switch (statement) {
      case Statement.Call call -> {
        call.arguments().forEach(visitor);
        call.writes().forEach(visitor);
      }
      case Statement.Assign assign -> assign.values().forEach(visitor);
      case Statement.NewRef newRef ->
          newRef.slots().forEach(slot -> visitor.accept(slot.operand()));
      case Statement.Repeat repeat -> {
        repeat.carried().forEach(name -> visitor.accept(bare(name)));
        repeat.body().forEach(inner -> operands(inner, visitor));
      }
      case Statement.InOrder inOrder -> inOrder.body().forEach(inner -> operands(inner, visitor));
      case Statement.Return returned -> returned.values().forEach(visitor);
      case Statement.Done unused -> {} // A future is no operand.
    }
  }

  private static Operand bare(Name name) {
    return new Operand(List.of(name), Optional.empty(), name.span());
  }

  private static void addAll(List<Name> targets, Set<String> names) {
    targets.forEach(name -> names.add(name.text()));
  }
}
