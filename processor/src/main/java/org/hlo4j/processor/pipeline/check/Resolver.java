package org.hlo4j.processor.pipeline.check;

import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import org.hlo4j.internal.text.Closest;
import org.hlo4j.processor.message.Message;
import org.hlo4j.processor.model.Structure;
import org.hlo4j.processor.pipeline.graph.Value;
import org.hlo4j.processor.pipeline.syntax.Name;
import org.hlo4j.processor.pipeline.syntax.Operand;

/** Finds what a statement reads, and the variables that it writes. */
final class Resolver {
  private final Scope scope;
  private final Set<Value> undefined;

  Resolver(Scope scope, Set<Value> undefined) {
    this.scope = scope;
    this.undefined = undefined;
  }

  /** The tensors of an operand. */
  Binding.Tensors read(Operand operand) {
    if (scope.get(operand.variable().text()) instanceof Binding.Variable) {
      Cell cell = cell(operand);
      checkReadable(cell, operand);
      return new Binding.Tensors(cell.type(), List.of(cell.value()));
    }
    Binding.Tensors tensors = typeOf(operand);
    for (Value value : tensors.values()) {
      Flight writing = scope.inFlight(flight -> flight.givenAway().contains(value));
      if (writing != null) {
        throw new Refusal(
            Message.READ_IN_FLIGHT,
            operand.span(),
            operand,
            writing.signature().name(),
            writing.line());
      }
    }
    return tensors;
  }

  private void checkReadable(Cell cell, Operand operand) {
    Flight writing = scope.inFlight(flight -> flight.writes().contains(cell));
    if (writing != null) {
      throw new Refusal(
          Message.READ_IN_FLIGHT, operand.span(), cell, writing.signature().name(), writing.line());
    }
    if (undefined.contains(cell.value())) {
      throw new Refusal(Message.READ_BEFORE_WRITTEN, operand.span(), cell);
    }
  }

  /** The tensors of an operand, though they be in flight or not there yet. */
  Binding.Tensors typeOf(Operand operand) {
    Name name = operand.variable();
    return switch (binding(name)) {
      case Binding.Tensors tensors -> component(tensors, operand);
      case Binding.Variable unused -> {
        Cell cell = cell(operand);
        yield new Binding.Tensors(cell.type(), List.of(cell.value()));
      }
      case Binding.Pending pending ->
          throw new Refusal(
              Message.FUTURE_AS_VALUE, name.span(), name, pending.flight().signature().name());
      case Binding.Ended ended -> throw ended(name, ended);
      case Binding.Counter unused -> throw counter(name);
      case Binding.Gone gone -> throw new Refusal(gone.why(), name.span(), name, gone.line());
      case Binding.Broken unused -> throw new SilentRefusal();
      case Binding.Nothing unused -> throw unknown(name);
    };
  }

  static Refusal ended(Name name, Binding.Ended ended) {
    return new Refusal(
        Message.NO_VALUE, name.span(), name, "a future that was done in line " + ended.line());
  }

  static Refusal counter(Name name) {
    return new Refusal(Message.NO_VALUE, name.span(), name, "a loop's counter");
  }

  /** What a name stands for. */
  Binding binding(Name name) {
    Binding binding = scope.get(name.text());
    if (binding instanceof Binding.Nothing) {
      throw unknown(name);
    }
    return binding;
  }

  private Refusal unknown(Name name) {
    return new Refusal(
        Message.UNKNOWN_NAME, name.span(), name, Closest.didYouMean(name.text(), scope.names()));
  }

  private static Binding.Tensors component(Binding.Tensors tensors, Operand operand) {
    if (operand.index().isPresent()) {
      throw new Refusal(Message.NOT_A_REF, operand.span(), operand);
    }
    Structure structure = tensors.structure();
    int from = 0;
    for (Name name : operand.path().subList(1, operand.path().size())) {
      List<String> names = new ArrayList<>();
      Structure found = null;
      if (structure instanceof Structure.Group group) {
        for (Structure.Component component : group.components()) {
          names.add(component.name());
          if (component.name().equals(name.text())) {
            found = component.structure();
            break;
          }
          from += (int) component.structure().leaves().count();
        }
      }
      if (found == null) {
        throw new Refusal(
            Message.NO_COMPONENT,
            name.span(),
            KernelSignature.typeOf(structure),
            name,
            Closest.didYouMean(name.text(), names));
      }
      structure = found;
    }
    int count = (int) structure.leaves().count();
    return new Binding.Tensors(structure, tensors.values().subList(from, from + count));
  }

  /** The slot of a variable. */
  Cell cell(Operand operand) {
    Name name = operand.variable();
    if (!(binding(name) instanceof Binding.Variable variable)) {
      if (binding(name) instanceof Binding.Broken) {
        throw new SilentRefusal();
      }
      throw new Refusal(Message.NOT_A_REF, operand.span(), operand);
    }
    if (operand.path().size() > 1) {
      throw new Refusal(
          Message.NO_COMPONENT, operand.path().get(1).span(), "A Ref", operand.path().get(1), "");
    }
    int count = variable.slots().size();
    if (operand.index().isEmpty()) {
      if (count > 1) {
        throw new Refusal(Message.WHICH_SLOT, operand.span(), name, count);
      }
      return variable.slots().get(0);
    }
    return variable.slots().get((int) (round(operand.index().get()) % count));
  }

  private long round(Operand.Index index) {
    if (index.counter().isEmpty()) {
      return index.offset();
    }
    Name counter = index.counter().get();
    if (binding(counter) instanceof Binding.Counter known) {
      return known.round() + index.offset();
    }
    throw new Refusal(Message.NOT_A_COUNTER, counter.span(), counter);
  }
}
