package org.hlo4j;

import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Locale;
import java.util.stream.IntStream;
import org.hlo4j.error.ArgumentException;
import org.hlo4j.internal.sharding.GspmdText;
import org.hlo4j.internal.sharding.Tiling;
import org.hlo4j.type.Shape;
import org.jspecify.annotations.Nullable;

/**
 * How a tensor's elements are spread over the partitions of a program: it is cut into equal parts
 * along some of its dimensions, and each device has one of them. Two shardings are equal if each
 * device has the same elements. Immutable; safe for use by many threads.
 */
public final class Sharding {
  private static final Sharding WHOLE = new Sharding(Tiling.WHOLE);

  private final Tiling tiling;

  private Sharding(Tiling tiling) {
    this.tiling = tiling;
  }

  static Sharding of(Tiling tiling) {
    return new Sharding(tiling);
  }

  Tiling tiling() {
    return tiling;
  }

  /** Of a program that is not partitioned: each replica has the whole tensor on its one device. */
  public static Sharding whole() {
    return WHOLE;
  }

  /**
   * The whole tensor on each of some devices.
   *
   * @throws ArgumentException if there is not at least one
   */
  public static Sharding replicated(int devices) {
    checkPositive(devices);
    return new Sharding(Tiling.replicated(devices));
  }

  /**
   * Equal parts along one dimension, in the order of the devices.
   *
   * @param dimension counted from 0, outermost first
   * @throws ArgumentException if there is no such dimension, or not at least one device
   */
  public static Sharding split(int dimension, int devices) {
    checkPositive(devices);
    if (dimension < 0) {
      throw new ArgumentException("There is no dimension " + dimension);
    }
    List<Integer> tiles = new ArrayList<>(Collections.nCopies(dimension, 1));
    tiles.add(devices);
    return new Sharding(
        new Tiling(tiles, IntStream.range(0, devices).boxed().toList(), Tiling.ALL));
  }

  /**
   * Reads a sharding as XLA and the attribute {@code mhlo.sharding} write it, such as {@code
   * {devices=[2,2]<=[4]}} or {@code {replicated}}.
   *
   * @param devices how many there are
   * @throws ArgumentException if the text is none, is for another number of devices, or is of a
   *     kind that does not say which elements each device has, such as {@code {manual}}
   */
  public static Sharding parse(String text, int devices) {
    checkPositive(devices);
    try {
      return new Sharding(GspmdText.parse(text, devices));
    } catch (IllegalArgumentException e) {
      throw new ArgumentException("No sharding: " + e.getMessage());
    }
  }

  private static void checkPositive(int devices) {
    if (devices < 1) {
      throw new ArgumentException("A sharding needs at least one device, not " + devices);
    }
  }

  /** The number of devices, which are the partitions of one replica. */
  public int devices() {
    return tiling.devices();
  }

  /** Whether each device has the whole tensor. */
  public boolean isReplicated() {
    return tiling.isWhole();
  }

  /** Into how many parts a dimension is cut, counted from 0. */
  public int parts(int dimension) {
    return tiling.tilesIn(dimension);
  }

  /**
   * The shape of the part that each device has.
   *
   * @throws ArgumentException if a dimension does not divide evenly, or is not there
   */
  public Shape shardShape(Shape shape) {
    return tiling.shardShape(shape);
  }

  /**
   * The elements that a device has, as a range in each dimension.
   *
   * @throws ArgumentException if a dimension does not divide evenly, or is not there, or if there
   *     is no such device
   */
  public List<Range> ranges(Shape shape, int device) {
    if (device < 0 || device >= devices()) {
      throw new ArgumentException(
          String.format(Locale.ROOT, "There is no device %d among %d", device, devices()));
    }
    Shape shard = shardShape(shape);
    long[] start = tiling.start(shape, device);
    List<Range> ranges = new ArrayList<>();
    for (int i = 0; i < start.length; i++) {
      ranges.add(new Range(start[i], start[i] + shard.dimension(i)));
    }
    return List.copyOf(ranges);
  }

  /**
   * A range of indices.
   *
   * @param start the first
   * @param end the one behind the last
   */
  public record Range(long start, long end) {}

  @Override
  public boolean equals(@Nullable Object other) {
    return other instanceof Sharding that && tiling.equals(that.tiling);
  }

  @Override
  public int hashCode() {
    return tiling.hashCode();
  }

  /** Such as {@code replicated}, or {@code split 2x4}: into how many parts in each dimension. */
  @Override
  public String toString() {
    return tiling.toString();
  }
}
