package org.hlo4j.processor.pipeline.check;

import java.util.ArrayList;
import java.util.List;
import org.hlo4j.processor.message.Message;
import org.hlo4j.processor.model.Structure.Leaf;
import org.hlo4j.processor.pipeline.graph.FlowValue;
import org.hlo4j.processor.pipeline.syntax.Statement;

/** Reads the declarations of Refs. */
record RefSlotReader(Resolver resolver, NameScope scope) {
  List<RefSlot> slots(Statement.NewRef newRef) throws Rejection {
    List<RefSlot> slots = new ArrayList<>();
    for (Statement.Slot slot : newRef.slots()) {
      Binding.Tensors first =
          slot.empty() ? resolver.typeOf(slot.operand()) : resolver.read(slot.operand());
      if (!(first.structure() instanceof Leaf leaf)) {
        throw new Refusal(Message.NOT_A_TENSOR_HERE, slot.operand().span(), slot.operand());
      }
      if (!slots.isEmpty() && !KernelSignature.isSame(leaf, slots.get(0).type())) {
        throw new Refusal(
            Message.SLOT_TYPE,
            slot.operand().span(),
            newRef.target(),
            KernelSignature.shown(leaf),
            KernelSignature.shown(slots.get(0).type()));
      }
      String name =
          newRef.slots().size() == 1
              ? newRef.target().text()
              : "%s[%s]".formatted(newRef.target().text(), slots.size());
      FlowValue value = first.values().get(0);
      if (slot.empty()) {
        value = new FlowValue(newRef.target().text(), leaf.shape());
        scope.markUndefined(value);
      }
      slots.add(new RefSlot(name, leaf, value));
    }
    return slots;
  }
}
