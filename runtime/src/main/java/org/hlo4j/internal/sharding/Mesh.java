package org.hlo4j.internal.sharding;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.IntStream;
import org.jspecify.annotations.Nullable;

/**
 * A Shardy mesh: a grid of devices with named axes. Immutable.
 *
 * @param names the axes, outermost first
 * @param sizes the number of devices along each axis
 * @param order the devices, row-major
 */
record Mesh(List<String> names, List<Integer> sizes, List<Integer> order) {
  Mesh {
    names = List.copyOf(names);
    sizes = List.copyOf(sizes);
    order = List.copyOf(order);
  }

  /**
   * An axis, or a part of one: {@code before} is the product of the sizes outside of {@code size}.
   */
  record Axis(String name, int before, int size) {}

  /** Reads a mesh such as {@code <["x"=2, "y"=2], device_ids=[3, 2, 1, 0]>}. */
  static Mesh read(ShardingLexer scanner) {
    List<String> names = new ArrayList<>();
    List<Integer> sizes = new ArrayList<>();
    scanner.expect("<");
    scanner.expect("[");
    while (!scanner.accept("]")) {
      names.add(scanner.string());
      scanner.expect("=");
      sizes.add(scanner.number());
      scanner.accept(",");
    }
    int count = Tiling.product(sizes);
    List<Integer> order = IntStream.range(0, count).boxed().toList();
    if (scanner.accept(",")) {
      scanner.expect("device_ids");
      scanner.expect("=");
      order = scanner.list("[", "]", scanner::number);
    }
    scanner.expect(">");
    return new Mesh(names, sizes, order);
  }

  /** Returns whether this is not a grid, but a single device that holds the whole tensor. */
  boolean isOneDevice() {
    return names.isEmpty() && order.size() == 1;
  }

  int devices() {
    return order.size();
  }

  /** Returns a whole axis, or the part {@code :(before)size} of it. */
  Axis axis(String name, int before, @Nullable Integer size) {
    int index = names.indexOf(name);
    if (index < 0) {
      throw new IllegalArgumentException("the mesh %s has no axis \"%s\"".formatted(this, name));
    }
    int whole = sizes.get(index);
    int part = size == null ? whole : size;
    if (before < 1 || part < 1 || whole % ((long) before * part) != 0) {
      throw new IllegalArgumentException(
          "the axis \"%s\" of %s devices has no part (%s)%s".formatted(name, whole, before, part));
    }
    return new Axis(name, before, part);
  }

  /**
   * Returns the tiling that splits each dimension along some axes.
   *
   * @throws IllegalArgumentException if an axis is used twice
   */
  Tiling tiling(List<List<Axis>> dimensions) {
    List<Integer> tiles =
        dimensions.stream()
            .map(axes -> Tiling.product(axes.stream().map(Axis::size).toList()))
            .toList();
    if (Tiling.product(tiles) > devices()) {
      throw new IllegalArgumentException("an axis of the mesh %s is used twice".formatted(this));
    }
    Integer[] tileOfDevice = new Integer[devices()];
    Map<Integer, Integer> counts = new HashMap<>();
    for (int place = 0; place < devices(); place++) {
      int tile = 0;
      for (List<Axis> axes : dimensions) {
        for (Axis axis : axes) {
          tile = tile * axis.size() + coordinate(place, axis);
        }
      }
      int device = order.get(place);
      if (device >= devices() || tileOfDevice[device] != null) {
        throw new IllegalArgumentException(
            "the mesh %s does not contain each of %s devices once".formatted(this, devices()));
      }
      tileOfDevice[device] = tile;
      counts.merge(tile, 1, Integer::sum);
    }
    if (counts.size() < Tiling.product(tiles)) {
      throw new IllegalArgumentException("an axis of the mesh %s is used twice".formatted(this));
    }
    return new Tiling(tiles, List.of(tileOfDevice), Tiling.ALL);
  }

  private int coordinate(int place, Axis axis) {
    int index = names.indexOf(axis.name());
    int inner = 1;
    for (int i = index + 1; i < sizes.size(); i++) {
      inner *= sizes.get(i);
    }
    int whole = sizes.get(index);
    int along = place / inner % whole;
    return along / (whole / (axis.before() * axis.size())) % axis.size();
  }

  @Override
  public String toString() {
    List<String> axes =
        IntStream.range(0, names.size())
            .mapToObj(i -> "\"%s\"=%s".formatted(names.get(i), sizes.get(i)))
            .toList();
    return "<" + axes + ">";
  }
}
