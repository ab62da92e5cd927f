package org.hlo4j;

import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.stream.IntStream;
import org.hlo4j.type.Shape;

/**
 * Where the outputs of a program lie: the devices, the shape of each output, and how it is spread
 * over the partitions. Immutable.
 */
final class OutputLayout {
  private final DeviceGroup group;
  private final Shape[] shapes;
  private final Sharding[] shardings;
  private final Shape[] shardShapes;

  private OutputLayout(DeviceGroup group, Shape[] shapes, Sharding[] shardings) {
    this.group = group;
    this.shapes = shapes;
    this.shardings = shardings;
    this.shardShapes =
        IntStream.range(0, shapes.length)
            .mapToObj(i -> shardings[i].shardShape(shapes[i]))
            .toArray(Shape[]::new);
  }

  /** The layout of outputs that are spread as is given. */
  static OutputLayout of(Program program, DeviceGroup group, List<Sharding> shardings) {
    return new OutputLayout(
        group,
        program.outputs().stream().map(ProgramOutput::shape).toArray(Shape[]::new),
        shardings.toArray(Sharding[]::new));
  }

  /** The layout that the program declares; nothing if XLA chooses how an output is spread. */
  static Optional<OutputLayout> declared(Program program, DeviceGroup group) {
    return Sharding.declared(
            program, program.outputs().stream().map(ProgramOutput::sharding).toList())
        .map(shardings -> of(program, group, shardings));
  }

  /** The layout of some of the outputs. */
  OutputLayout only(int[] kept) {
    return new OutputLayout(
        group,
        Arrays.stream(kept).mapToObj(i -> shapes[i]).toArray(Shape[]::new),
        Arrays.stream(kept).mapToObj(i -> shardings[i]).toArray(Sharding[]::new));
  }

  /** The devices. */
  DeviceGroup group() {
    return group;
  }

  /** The number of outputs. */
  int size() {
    return shapes.length;
  }

  /** The shape of a whole output. */
  Shape shape(int index) {
    return shapes[index];
  }

  /** How an output is spread over the partitions. */
  Sharding sharding(int index) {
    return shardings[index];
  }

  /** The shape of what each device has of an output. */
  Shape shardShape(int index) {
    return shardShapes[index];
  }
}
