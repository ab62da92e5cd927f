package org.hlo4j.processor.pipeline.graph;

import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.function.UnaryOperator;

/** Replaces items by others. Items without a replacement are kept. Not thread-safe. */
public final class Renaming {
  private final Map<Item, Item> replacements = new HashMap<>();

  /** Replaces an item by another from now on. */
  public void put(Item item, Item replacement) {
    replacements.put(item, replacement);
  }

  /** Replaces items by others, in order. */
  public void putAll(List<? extends Item> items, List<? extends Item> others) {
    for (int i = 0; i < items.size(); i++) {
      put(items.get(i), others.get(i));
    }
  }

  /** Returns the replacement of an item, following chains. */
  public Item of(Item item) {
    Item now = item;
    for (Item next = replacements.get(now); next != null; next = replacements.get(now)) {
      now = next;
    }
    return now;
  }

  public FlowValue of(FlowValue value) {
    return (FlowValue) of((Item) value);
  }

  public Future of(Future future) {
    return (Future) of((Item) future);
  }

  public List<FlowValue> ofValues(List<FlowValue> values) {
    return values.stream().map(this::of).toList();
  }

  public List<Item> ofItems(List<? extends Item> items) {
    return items.stream().map(item -> of((Item) item)).toList();
  }

  public List<Step> uses(List<Step> steps) {
    return steps.stream().map(this::uses).toList();
  }

  /** Returns a step that reads the replacements; its definitions are kept. */
  public Step uses(Step step) {
    return rewritten(step, item -> item);
  }

  /** Returns a copy of steps with new items, which replace the originals. */
  public List<Step> copy(List<Step> steps) {
    return steps.stream().map(step -> rewritten(step, this::fresh)).toList();
  }

  /**
   * Returns a step that reads the replacements at that point of the step.
   *
   * @param defined maps an item that the step defines to its replacement
   */
  private Step rewritten(Step step, UnaryOperator<Item> defined) {
    return switch (step) {
      case Step.Run run ->
          new Step.Run(
              run.callee(), ofValues(run.inputs()), values(run.outputs(), defined), run.line());
      case Step.Start start ->
          new Step.Start(
              ofValues(start.inputs()), (Future) defined.apply(start.future()), start.line());
      case Step.Done done ->
          new Step.Done(of(done.future()), values(done.outputs(), defined), done.line());
      case Step.Fence fence ->
          new Step.Fence(
              ofValues(fence.inputs()), values(fence.outputs(), defined), fence.isKept());
      case Step.Repeat repeat ->
          new Step.Repeat(
              repeat.count(),
              ofItems(repeat.initial()),
              repeat.parameters().stream().map(defined).toList(),
              repeat.body().stream().map(inner -> rewritten(inner, defined)).toList(),
              ofItems(repeat.yields()),
              repeat.results().stream().map(defined).toList(),
              repeat.line());
    };
  }

  private static List<FlowValue> values(List<FlowValue> values, UnaryOperator<Item> defined) {
    return values.stream().map(value -> (FlowValue) defined.apply(value)).toList();
  }

  private Item fresh(Item item) {
    Item fresh = item.fresh();
    replacements.put(item, fresh);
    return fresh;
  }
}
