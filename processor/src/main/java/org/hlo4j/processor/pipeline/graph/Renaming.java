package org.hlo4j.processor.pipeline.graph;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/**
 * Puts items in the place of others. What has no replacement stays. Not safe for use by several
 * threads.
 */
public final class Renaming {
  private final Map<Item, Item> replacements = new HashMap<>();

  /** Puts one item in the place of another from now on. */
  public void put(Item item, Item replacement) {
    replacements.put(item, replacement);
  }

  /** Puts items in the places of others, in order. */
  public void putAll(List<? extends Item> items, List<? extends Item> others) {
    for (int i = 0; i < items.size(); i++) {
      put(items.get(i), others.get(i));
    }
  }

  /** What stands in an item's place, following one replacement after the other. */
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

  /** A step that reads the replacements; what it defines stays. */
  public Step uses(Step step) {
    return switch (step) {
      case Step.Run run ->
          new Step.Run(run.callee(), ofValues(run.inputs()), run.outputs(), run.line());
      case Step.Start start ->
          new Step.Start(ofValues(start.inputs()), start.future(), start.line());
      case Step.Done done -> new Step.Done(of(done.future()), done.outputs(), done.line());
      case Step.Fence fence ->
          new Step.Fence(ofValues(fence.inputs()), fence.outputs(), fence.isKept());
      case Step.Repeat repeat ->
          new Step.Repeat(
              repeat.count(),
              ofItems(repeat.initial()),
              repeat.parameters(),
              uses(repeat.body()),
              ofItems(repeat.yields()),
              repeat.results(),
              repeat.line());
    };
  }

  /** A copy of steps that defines items of its own, which this then puts in the others' places. */
  public List<Step> copy(List<Step> steps) {
    List<Step> copies = new ArrayList<>();
    for (Step step : steps) {
      copies.add(copy(step));
    }
    return copies;
  }

  private Step copy(Step step) {
    return switch (step) {
      case Step.Run run ->
          new Step.Run(
              run.callee(), ofValues(run.inputs()), freshValues(run.outputs()), run.line());
      case Step.Start start -> {
        List<FlowValue> inputs = ofValues(start.inputs());
        yield new Step.Start(inputs, (Future) fresh(start.future()), start.line());
      }
      case Step.Done done ->
          new Step.Done(of(done.future()), freshValues(done.outputs()), done.line());
      case Step.Fence fence ->
          new Step.Fence(ofValues(fence.inputs()), freshValues(fence.outputs()), fence.isKept());
      case Step.Repeat repeat -> {
        List<Item> initial = ofItems(repeat.initial());
        List<Item> parameters = repeat.parameters().stream().map(this::fresh).toList();
        List<Step> body = copy(repeat.body());
        List<Item> yields = ofItems(repeat.yields());
        List<Item> results = repeat.results().stream().map(this::fresh).toList();
        yield new Step.Repeat(
            repeat.count(), initial, parameters, body, yields, results, repeat.line());
      }
    };
  }

  private List<FlowValue> freshValues(List<FlowValue> values) {
    return values.stream().map(value -> (FlowValue) fresh(value)).toList();
  }

  private Item fresh(Item item) {
    Item fresh = item.fresh();
    replacements.put(item, fresh);
    return fresh;
  }
}
