package org.hlo4j.internal.call;

import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.stream.IntStream;
import org.hlo4j.internal.device.GroupContext;
import org.hlo4j.internal.mlir.analysis.EntryPoint;
import org.hlo4j.internal.program.StableHloProgram;
import org.hlo4j.internal.sharding.DeclaredShardings;
import org.hlo4j.internal.sharding.Tiling;
import org.hlo4j.type.Shape;

/**
 * The layout of a program's outputs: the devices, and the shape and sharding of each output.
 * Immutable.
 */
final class OutputLayout {
  private final GroupContext group;
  private final Shape[] shapes;
  private final Tiling[] tilings;
  private final Shape[] shardShapes;

  private OutputLayout(GroupContext group, Shape[] shapes, Tiling[] tilings) {
    this.group = group;
    this.shapes = shapes;
    this.tilings = tilings;
    this.shardShapes =
        IntStream.range(0, shapes.length)
            .mapToObj(i -> tilings[i].shardShape(shapes[i]))
            .toArray(Shape[]::new);
  }

  static OutputLayout of(StableHloProgram program, GroupContext group, List<Tiling> tilings) {
    return new OutputLayout(
        group,
        program.outputs().stream().map(EntryPoint.Output::shape).toArray(Shape[]::new),
        tilings.toArray(Tiling[]::new));
  }

  /**
   * Returns the layout that the program declares; empty if XLA chooses the sharding of an output.
   */
  static Optional<OutputLayout> declared(StableHloProgram program, GroupContext group) {
    return DeclaredShardings.all(program.shardings().outputs())
        .map(tilings -> of(program, group, tilings));
  }

  OutputLayout only(int[] kept) {
    return new OutputLayout(
        group,
        Arrays.stream(kept).mapToObj(i -> shapes[i]).toArray(Shape[]::new),
        Arrays.stream(kept).mapToObj(i -> tilings[i]).toArray(Tiling[]::new));
  }

  GroupContext group() {
    return group;
  }

  int size() {
    return shapes.length;
  }

  Shape shape(int index) {
    return shapes[index];
  }

  Tiling tiling(int index) {
    return tilings[index];
  }

  Shape shardShape(int index) {
    return shardShapes[index];
  }
}
