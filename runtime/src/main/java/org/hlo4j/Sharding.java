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
 * The distribution of a tensor over the partitions of a program: the tensor is divided into equal
 * parts along some dimensions, and each device holds one part. Two shardings are equal if they
 * assign the same elements to each device. Immutable; safe for use by multiple threads.
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

  /**
   * Returns the sharding of an unpartitioned program: each replica holds the whole tensor on its
   * one device.
   */
  public static Sharding whole() {
    return WHOLE;
  }

  /**
   * Returns a sharding with the whole tensor on each device.
   *
   * @throws ArgumentException if {@code devices} is not positive
   */
  public static Sharding replicated(int devices) {
    checkPositive(devices);
    return new Sharding(Tiling.replicated(devices));
  }

  /**
   * Returns a sharding into equal parts along one dimension, in the order of the devices.
   *
   * @param dimension counted from 0, outermost first
   * @throws ArgumentException if {@code dimension} is negative, or {@code devices} is not positive
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
   * Parses a sharding in the syntax of XLA's attribute {@code mhlo.sharding}, such as {@code
   * {devices=[2,2]<=[4]}} or {@code {replicated}}.
   *
   * @param devices the number of devices
   * @throws ArgumentException if the text is malformed, is for another number of devices, or does
   *     not determine the elements of each device, such as {@code {manual}}
   */
  public static Sharding parse(String text, int devices) {
    checkPositive(devices);
    try {
      return new Sharding(GspmdText.parse(text, devices));
    } catch (IllegalArgumentException e) {
      throw new ArgumentException("Invalid sharding: " + e.getMessage());
    }
  }

  private static void checkPositive(int devices) {
    if (devices < 1) {
      throw new ArgumentException("A sharding needs at least one device, not " + devices);
    }
  }

  /** Returns the number of devices: the partitions of one replica. */
  public int devices() {
    return tiling.devices();
  }

  /** Returns whether each device holds the whole tensor. */
  public boolean isReplicated() {
    return tiling.isWhole();
  }

  /** Returns the number of parts along a dimension, counted from 0. */
  public int parts(int dimension) {
    return tiling.tilesIn(dimension);
  }

  /**
   * Returns the shape of each device's part.
   *
   * @throws ArgumentException if a dimension is not evenly divisible or does not exist
   */
  public Shape shardShape(Shape shape) {
    return tiling.shardShape(shape);
  }

  /**
   * Returns the elements of a device, as a range in each dimension.
   *
   * @throws ArgumentException if a dimension is not evenly divisible or does not exist, or if there
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
   * @param start the first index, inclusive
   * @param end the last index, exclusive
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

  /** Returns a text such as {@code replicated}, or {@code split 2x4}: the parts per dimension. */
  @Override
  public String toString() {
    return tiling.toString();
  }
}
