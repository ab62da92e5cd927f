package org.hlo4j.internal.sharding;

import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.hlo4j.error.ArgumentException;
import org.hlo4j.type.Shape;

/**
 * The division of a tensor into equal tiles, and the assignment of tiles to devices. Immutable.
 *
 * @param tiles the number of tiles in each dimension, outermost first; the dimensions after the
 *     last one listed are whole, and that one is not
 * @param tileOfDevice the row-major index of each device's tile
 * @param holder the one device with defined content, or {@link #ALL}
 */
public record Tiling(List<Integer> tiles, List<Integer> tileOfDevice, int holder) {
  /** The holder of a tensor with defined content on all devices. */
  public static final int ALL = -1;

  /** A whole tensor on the one device of each replica. */
  public static final Tiling WHOLE = replicated(1);

  /** An upper bound of the devices of a client, to detect invalid texts. */
  static final int MOST_DEVICES = 1 << 20;

  /** Removes trailing whole dimensions. */
  public Tiling {
    int rank = tiles.size();
    while (rank > 0 && tiles.get(rank - 1) == 1) {
      rank--;
    }
    tiles = List.copyOf(tiles.subList(0, rank));
    tileOfDevice = List.copyOf(tileOfDevice);
  }

  /** Returns a tiling with the whole tensor on each device. */
  public static Tiling replicated(int devices) {
    return new Tiling(List.of(), Collections.nCopies(devices, 0), ALL);
  }

  /**
   * Returns a tiling with the tensor on one of several devices; the content of others is undefined.
   *
   * @throws IllegalArgumentException if there is no such device
   */
  public static Tiling onOne(int device, int devices) {
    if (device >= devices) {
      throw new IllegalArgumentException(
          "there is no device %s among %s".formatted(device, devices));
    }
    return new Tiling(List.of(), Collections.nCopies(devices, 0), device);
  }

  /**
   * Returns tiles assigned to devices in row-major order.
   *
   * @param dimensions the number of tiles in each dimension, then the numbers of devices that share
   *     each tile
   * @param order the devices, as many as the product of {@code dimensions}
   * @param shared the number of trailing dimensions with devices that share a tile
   * @throws IllegalArgumentException if the order does not name each device once
   */
  public static Tiling ofOrder(List<Integer> dimensions, List<Integer> order, int shared) {
    List<Integer> tiles = dimensions.subList(0, dimensions.size() - shared);
    int count = product(dimensions);
    if (order.size() != count) {
      throw new IllegalArgumentException(
          "%s tiles are assigned to %s devices".formatted(count, order.size()));
    }
    int sharers = count / product(tiles);
    List<Integer> tileOfDevice = new ArrayList<>(Collections.nCopies(count, -1));
    for (int place = 0; place < count; place++) {
      int device = order.get(place);
      if (device < 0 || device >= count || tileOfDevice.get(device) != -1) {
        throw new IllegalArgumentException(
            "%s does not contain each of %s devices once".formatted(order, count));
      }
      tileOfDevice.set(device, place / sharers);
    }
    return new Tiling(tiles, tileOfDevice, ALL);
  }

  /**
   * Returns the product of sizes.
   *
   * @throws IllegalArgumentException if one is not positive, or the product is too large
   */
  static int product(List<Integer> sizes) {
    long product = 1;
    for (int size : sizes) {
      product *= size;
      if (size < 1 || product > MOST_DEVICES) {
        throw new IllegalArgumentException(sizes + " are not valid numbers of tiles");
      }
    }
    return (int) product;
  }

  public int devices() {
    return tileOfDevice.size();
  }

  public boolean isWhole() {
    return tiles.isEmpty();
  }

  public int tilesIn(int dimension) {
    return dimension < tiles.size() ? tiles.get(dimension) : 1;
  }

  /**
   * Returns the shape of each tile.
   *
   * @throws IllegalArgumentException if the tiles would not be equal; the message names the
   *     dimension
   */
  public Shape tileShape(Shape whole) {
    if (tiles.size() > whole.rank()) {
      throw new IllegalArgumentException(
          "%s has no dimension %s, which is to be split".formatted(whole, tiles.size() - 1));
    }
    long[] dimensions = whole.dimensions();
    for (int i = 0; i < tiles.size(); i++) {
      if (dimensions[i] % tiles.get(i) != 0) {
        throw new IllegalArgumentException(
            "dimension %s of %s does not divide evenly into %s parts"
                .formatted(i, whole, tiles.get(i)));
      }
      dimensions[i] /= tiles.get(i);
    }
    return Shape.of(whole.elementType(), dimensions);
  }

  /**
   * Returns the shape of each device's part of a tensor.
   *
   * @throws ArgumentException if the tensor cannot be divided into equal parts
   */
  public Shape shardShape(Shape shape) {
    try {
      return tileShape(shape);
    } catch (IllegalArgumentException e) {
      throw new ArgumentException("%s cannot be %s: %s".formatted(shape, this, e.getMessage()));
    }
  }

  /** Returns the start of a device's tile in a tensor, in each dimension. */
  public long[] start(Shape whole, int device) {
    long[] start = tileShape(whole).dimensions();
    int rest = tileOfDevice.get(device);
    for (int i = start.length - 1; i >= 0; i--) {
      start[i] *= rest % tilesIn(i);
      rest /= tilesIn(i);
    }
    return start;
  }

  /** Returns, for each tile in order, a device with defined content. */
  public List<Integer> holders() {
    return holder != ALL
        ? List.of(holder)
        : IntStream.range(0, product(tiles)).mapToObj(tileOfDevice::indexOf).toList();
  }

  /** Returns a text such as {@code split 2x4}, with the devices' tiles if they are not in order. */
  @Override
  public String toString() {
    if (holder != ALL) {
      return "on device %s of %s".formatted(holder, devices());
    }
    if (isWhole()) {
      return "replicated";
    }
    String split = "split " + tiles.stream().map(String::valueOf).collect(Collectors.joining("x"));
    boolean inOrder = tileOfDevice.equals(IntStream.range(0, devices()).boxed().toList());
    return inOrder ? split : split + ", tiles " + tileOfDevice;
  }
}
