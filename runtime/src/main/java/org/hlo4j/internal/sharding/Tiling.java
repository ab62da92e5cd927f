package org.hlo4j.internal.sharding;

import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.hlo4j.error.ArgumentException;
import org.hlo4j.type.Shape;

/**
 * How a tensor is cut into equal tiles, and which tile each device has. Immutable.
 *
 * @param tiles how many tiles each dimension is cut into, outermost first; dimensions behind the
 *     last one are whole, and the last one is not
 * @param tileOfDevice the row-major number of the tile that each device has
 * @param holder the one device whose content counts, or {@link #ALL}
 */
public record Tiling(List<Integer> tiles, List<Integer> tileOfDevice, int holder) {
  /** The holder of a tensor whose every tile counts. */
  public static final int ALL = -1;

  /** The whole of a tensor on the one device of each replica. */
  public static final Tiling WHOLE = replicated(1);

  /** More devices than any client has: what is beyond is a mistake in a text. */
  static final int MOST_DEVICES = 1 << 20;

  /** A tiling of its parts, without the dimensions at the end that are whole. */
  public Tiling {
    int rank = tiles.size();
    while (rank > 0 && tiles.get(rank - 1) == 1) {
      rank--;
    }
    tiles = List.copyOf(tiles.subList(0, rank));
    tileOfDevice = List.copyOf(tileOfDevice);
  }

  /** The whole tensor on each of some devices. */
  public static Tiling replicated(int devices) {
    return new Tiling(List.of(), Collections.nCopies(devices, 0), ALL);
  }

  /**
   * The tensor on one device of several; what the others have is of no meaning.
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
   * Tiles that are given to devices in row-major order.
   *
   * @param dimensions how many tiles each dimension has, and behind them how many devices share
   *     each tile
   * @param order the devices, as many as the product of {@code dimensions}
   * @param shared how many of the dimensions at the end count devices that share a tile
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
   * The product of sizes.
   *
   * @throws IllegalArgumentException if one is not positive, or there are too many
   */
  static int product(List<Integer> sizes) {
    long product = 1;
    for (int size : sizes) {
      product *= size;
      if (size < 1 || product > MOST_DEVICES) {
        throw new IllegalArgumentException(sizes + " are not numbers of tiles");
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
   * The shape of each tile.
   *
   * @throws IllegalArgumentException if the tiles would not be equal; the message says of which
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
   * The shape of what each device has of a tensor.
   *
   * @throws ArgumentException if the tensor cannot be cut into equal parts
   */
  public Shape shardShape(Shape shape) {
    try {
      return tileShape(shape);
    } catch (IllegalArgumentException e) {
      throw new ArgumentException("%s cannot be %s: %s".formatted(shape, this, e.getMessage()));
    }
  }

  /** Where a device's tile begins in a tensor, in each dimension. */
  public long[] start(Shape whole, int device) {
    long[] start = tileShape(whole).dimensions();
    int rest = tileOfDevice.get(device);
    for (int i = start.length - 1; i >= 0; i--) {
      start[i] *= rest % tilesIn(i);
      rest /= tilesIn(i);
    }
    return start;
  }

  /** For each tile, a device whose content counts, in the order of the tiles. */
  public List<Integer> holders() {
    return holder != ALL
        ? List.of(holder)
        : IntStream.range(0, product(tiles)).mapToObj(tileOfDevice::indexOf).toList();
  }

  /** Such as {@code split 2x4}, with the tile of each device where they are not in order. */
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
