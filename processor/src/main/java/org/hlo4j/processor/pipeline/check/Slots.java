package org.hlo4j.processor.pipeline.check;

import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Set;
import org.hlo4j.processor.message.Message;
import org.hlo4j.processor.model.Structure.Leaf;
import org.hlo4j.processor.pipeline.graph.Value;
import org.hlo4j.processor.pipeline.syntax.Statement;

/** Makes the slots of variables. */
final class Slots {
  private final Resolver resolver;
  private final Set<Value> undefined;

  /**
   * A maker of slots.
   *
   * @param undefined is told the values that nothing was put into
   */
  Slots(Resolver resolver, Set<Value> undefined) {
    this.resolver = resolver;
    this.undefined = undefined;
  }

  /** The slots of a variable. */
  List<Cell> slots(Statement.NewRef newRef) {
    List<Cell> slots = new ArrayList<>();
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
            KernelSignature.typeAndShapeOf(leaf),
            KernelSignature.typeAndShapeOf(slots.get(0).type()));
      }
      String name =
          newRef.slots().size() == 1
              ? newRef.target().text()
              : String.format(Locale.ROOT, "%s[%d]", newRef.target().text(), slots.size());
      Value value = first.values().get(0);
      if (slot.empty()) {
        value = new Value(newRef.target().text(), leaf.shape());
        undefined.add(value);
      }
      slots.add(new Cell(name, leaf, value));
    }
    return slots;
  }
}
