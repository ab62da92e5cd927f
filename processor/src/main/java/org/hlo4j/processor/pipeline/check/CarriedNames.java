package org.hlo4j.processor.pipeline.check;

import java.util.List;
import java.util.Map;
import java.util.Objects;
import org.hlo4j.processor.message.Message;
import org.hlo4j.processor.pipeline.syntax.Name;

/** Checks the names that loops carry: their kinds, and that their types stay the same. */
record CarriedNames(NameScope scope) {
  /** Checks that a loop can carry a name. */
  void checkCarried(Name name) throws Rejection {
    switch (scope.get(name.text())) {
      case Binding.Tensors unused -> {} // What loops are for.
      case Binding.Pending unused -> {} // The round gets it done, and starts the next.
      case Binding.Ref unused -> throw new Refusal(Message.REF_CARRIED, name.span(), name);
      case Binding.Nothing unused -> throw new Refusal(Message.NOTHING_TO_CARRY, name.span(), name);
      case Binding.Valueless valueless -> throw Resolver.noValue(name, valueless);
    }
  }

  /** Checks that a name is free to be a counter. */
  void checkCounter(Name name) throws Rejection {
    switch (scope.get(name.text())) {
      case Binding.Nothing unused -> {} // Free.
      case Binding.Gone unused -> {
        // The counter of another loop, or a name that is out of scope.
      }
      case Binding.Ended unused -> {} // No future any longer.
      case Binding.Broken unused -> throw new SilentRefusal();
      case Binding.Counter unused -> throw assigned(name);
      case Binding.Tensors unused -> throw assigned(name);
      case Binding.Pending unused -> throw assigned(name);
      case Binding.Ref unused -> throw assigned(name);
    }
  }

  private static Refusal assigned(Name counter) {
    return new Refusal(Message.COUNTER_ASSIGNED, counter.span(), counter);
  }

  /** Checks that each name has the same type as before. */
  void checkSame(List<Name> names, Map<String, Binding> before) throws Rejection {
    for (Name name : names) {
      checkSame(name, Objects.requireNonNull(before.get(name.text())));
    }
  }

  private void checkSame(Name name, Binding before) throws Rejection {
    Binding now = scope.get(name.text());
    if (now instanceof Binding.Broken) {
      throw new SilentRefusal();
    }
    if (before instanceof Binding.Pending was && now instanceof Binding.Pending is) {
      checkSameFuture(name, was.call(), is.call());
      return;
    }
    boolean same =
        before instanceof Binding.Tensors was
            && now instanceof Binding.Tensors is
            && KernelSignature.isSame(was.structure(), is.structure());
    if (!same) {
      throw new Refusal(Message.CARRIED_TYPE_CHANGES, name.span(), name, shown(before), shown(now));
    }
  }

  private static void checkSameFuture(Name name, InFlightCall was, InFlightCall is) throws Refusal {
    if (!was.signature().name().equals(is.signature().name())) {
      throw new Refusal(
          Message.OTHER_KERNEL, name.span(), name, was.signature().name(), is.signature().name());
    }
    if (!was.effects().reads().equals(is.effects().reads())
        || !was.effects().writes().equals(is.effects().writes())) {
      throw new Refusal(Message.OTHER_VARIABLES, name.span(), name, route(was), route(is));
    }
  }

  private static String route(InFlightCall call) {
    return "reads %s and writes %s"
        .formatted(names(call.effects().reads()), names(call.effects().writes()));
  }

  private static String names(List<RefSlot> slots) {
    return slots.isEmpty()
        ? "no Ref"
        : String.join(", ", slots.stream().map(RefSlot::name).toList());
  }

  private static String shown(Binding binding) {
    return switch (binding) {
      case Binding.Tensors tensors -> "a " + KernelSignature.shown(tensors.structure());
      case Binding.Pending pending -> "a future of " + pending.call().signature().name();
      case Binding.Ended ended -> "a future that was done in line " + ended.line();
      default -> "something that cannot be carried";
    };
  }
}
