package org.hlo4j.processor.pipeline.check;

import java.util.ArrayList;
import java.util.List;
import java.util.function.Predicate;
import org.hlo4j.internal.text.NameSuggestion;
import org.hlo4j.processor.message.Message;
import org.hlo4j.processor.model.Structure;
import org.hlo4j.processor.pipeline.graph.FlowValue;
import org.hlo4j.processor.pipeline.syntax.Name;
import org.hlo4j.processor.pipeline.syntax.Operand;
import org.hlo4j.processor.pipeline.syntax.Statement;

/**
 * Resolves the operands of statements: the tensors that they read, and the slots that they write.
 */
record Resolver(NameScope scope) {
  Binding.Tensors read(Operand operand) throws Rejection {
    if (scope.get(operand.variable().text()) instanceof Binding.Ref) {
      RefSlot slot = slot(operand);
      checkNotWritten(operand, slot, call -> call.effects().writes().contains(slot));
      if (scope.isUndefined(slot.value())) {
        throw new Refusal(Message.READ_BEFORE_WRITTEN, operand.span(), slot);
      }
      return new Binding.Tensors(slot.type(), List.of(slot.value()));
    }
    Binding.Tensors tensors = typeOf(operand);
    for (FlowValue value : tensors.values()) {
      checkNotWritten(operand, operand, call -> call.effects().givenAway().contains(value));
    }
    return tensors;
  }

  /** Rejects a read of something that a call in flight writes. */
  private void checkNotWritten(Operand operand, Object what, Predicate<InFlightCall> writes)
      throws Refusal {
    InFlightCall writing = scope.inFlight(writes);
    if (writing != null) {
      throw new Refusal(
          Message.READ_IN_FLIGHT, operand.span(), what, writing.signature().name(), writing.line());
    }
  }

  /** Returns the tensors of an operand, even if they are in flight or undefined. */
  Binding.Tensors typeOf(Operand operand) throws Rejection {
    Name name = operand.variable();
    return switch (binding(name)) {
      case Binding.Tensors tensors -> component(tensors, operand);
      case Binding.Ref unused -> {
        RefSlot slot = slot(operand);
        yield new Binding.Tensors(slot.type(), List.of(slot.value()));
      }
      case Binding.Pending pending ->
          throw new Refusal(
              Message.FUTURE_AS_VALUE, name.span(), name, pending.call().signature().name());
      case Binding.Nothing unused -> throw unknown(name);
      case Binding.Valueless valueless -> throw noValue(name, valueless);
    };
  }

  /** Returns why a name has no value. */
  static Rejection noValue(Name name, Binding.Valueless binding) {
    return switch (binding) {
      case Binding.Ended ended -> noValue(name, "a future that was done in line " + ended.line());
      case Binding.Counter unused -> noValue(name, "a loop's counter");
      case Binding.Gone gone -> new Refusal(gone.why(), name.span(), name, gone.line());
      case Binding.Broken unused -> new SilentRefusal();
    };
  }

  private static Refusal noValue(Name name, String what) {
    return new Refusal(Message.NO_VALUE, name.span(), name, what);
  }

  Binding binding(Name name) throws Refusal {
    Binding binding = scope.get(name.text());
    if (binding instanceof Binding.Nothing) {
      throw unknown(name);
    }
    return binding;
  }

  private Refusal unknown(Name name) {
    return new Refusal(
        Message.UNKNOWN_NAME,
        name.span(),
        name,
        NameSuggestion.didYouMean(name.text(), scope.names()));
  }

  private static Binding.Tensors component(Binding.Tensors tensors, Operand operand)
      throws Refusal {
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
        String type = KernelSignature.typeOf(structure);
        String hint = NameSuggestion.didYouMean(name.text(), names);
        throw new Refusal(Message.NO_COMPONENT, name.span(), type, name, hint);
      }
      structure = found;
    }
    int count = (int) structure.leaves().count();
    return new Binding.Tensors(structure, tensors.values().subList(from, from + count));
  }

  RefSlot slot(Operand operand) throws Rejection {
    Name name = operand.variable();
    if (!(binding(name) instanceof Binding.Ref ref)) {
      if (binding(name) instanceof Binding.Broken) {
        throw new SilentRefusal();
      }
      throw new Refusal(Message.NOT_A_REF, operand.span(), operand);
    }
    if (operand.path().size() > 1) {
      throw new Refusal(
          Message.NO_COMPONENT, operand.path().get(1).span(), "A Ref", operand.path().get(1), "");
    }
    int count = ref.slots().size();
    if (operand.index().isEmpty()) {
      if (count > 1) {
        throw new Refusal(Message.WHICH_SLOT, operand.span(), name, count);
      }
      return ref.slots().get(0);
    }
    return ref.slots().get((int) (round(operand.index().get()) % count));
  }

  /** Returns the slots of a Ref's declaration. */
  List<RefSlot> slots(Statement.NewRef newRef) throws Rejection {
    List<RefSlot> slots = new ArrayList<>();
    for (Statement.Slot slot : newRef.slots()) {
      Operand operand = slot.operand();
      Binding.Tensors first = slot.empty() ? typeOf(operand) : read(operand);
      if (!(first.structure() instanceof Structure.Leaf leaf)) {
        throw new Refusal(Message.NOT_A_TENSOR_HERE, operand.span(), operand);
      }
      if (!slots.isEmpty() && !KernelSignature.isSame(leaf, slots.get(0).type())) {
        String type = KernelSignature.shown(slots.get(0).type());
        String other = KernelSignature.shown(leaf);
        throw new Refusal(Message.SLOT_TYPE, operand.span(), newRef.target(), other, type);
      }
      String target = newRef.target().text();
      String name = newRef.slots().size() == 1 ? target : "%s[%s]".formatted(target, slots.size());
      FlowValue value = first.values().get(0);
      if (slot.empty()) {
        value = new FlowValue(target, leaf.shape());
        scope.markUndefined(value);
      }
      slots.add(new RefSlot(name, leaf, value));
    }
    return slots;
  }

  private long round(Operand.Index index) throws Refusal {
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
