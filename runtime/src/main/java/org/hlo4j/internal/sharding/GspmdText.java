package org.hlo4j.internal.sharding;

import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.stream.IntStream;

/**
 * Parses GSPMD shardings, the values of {@code mhlo.sharding}, such as {@code
 * {devices=[2,2]<=[4]}}.
 *
 * @see <a
 *     href="https://github.com/openxla/xla/blob/main/xla/hlo/parser/hlo_parser.cc">hlo_parser.cc</a>
 */
public final class GspmdText {
  private final ShardingLexer scanner;
  private final int devices;

  private GspmdText(String text, int devices) {
    this.scanner = new ShardingLexer(text);
    this.devices = devices;
  }

  /**
   * Reads a text.
   *
   * @param devices how many there are
   * @throws IllegalArgumentException if it is none, or is for another number of devices
   */
  public static Tiling parse(String text, int devices) {
    Tiling tiling = new GspmdText(text, devices).read();
    if (tiling.devices() != devices) {
      throw new IllegalArgumentException(
          "%s is for %s devices, not for %s".formatted(text, tiling.devices(), devices));
    }
    return tiling;
  }

  private Tiling read() {
    scanner.expect("{");
    Tiling tiling = readBody();
    scanner.expect("}");
    if (!scanner.isAtEnd()) {
      throw scanner.error("its end");
    }
    return tiling;
  }

  private Tiling readBody() {
    if (scanner.accept("replicated")) {
      return Tiling.replicated(devices);
    }
    if (scanner.accept("maximal")) {
      scanner.expect("device=");
      return Tiling.onOne(scanner.number(), devices);
    }
    if (scanner.accept("manual")) {
      throw new IllegalArgumentException(
          "a manual sharding does not specify how the shards form the tensor");
    }
    if (scanner.isAt("{")) {
      throw new IllegalArgumentException("the sharding is of a tuple, but this is a single tensor");
    }
    scanner.expect("devices=");
    List<Integer> dimensions = numbers("[", "]");
    List<Integer> order = order();
    return Tiling.ofOrder(dimensions, order, shared());
  }

  private List<Integer> numbers(String open, String close) {
    scanner.expect(open);
    List<Integer> numbers = scanner.numbers();
    scanner.expect(close);
    return numbers;
  }

  private List<Integer> order() {
    if (scanner.accept("<=")) {
      List<Integer> sizes = numbers("[", "]");
      return iota(sizes, scanner.accept("T") ? numbers("(", ")") : List.of());
    }
    return scanner.numbers();
  }

  /**
   * The devices in the order of an array of sizes that counts them, transposed.
   *
   * @param permutation of the dimensions; empty if they stay as they are
   * @throws IllegalArgumentException if the permutation is none
   */
  public static List<Integer> iota(List<Integer> sizes, List<Integer> permutation) {
    int rank = sizes.size();
    List<Integer> dimensions = IntStream.range(0, rank).boxed().toList();
    List<Integer> order = permutation.isEmpty() ? dimensions : permutation;
    if (!order.stream().sorted().toList().equals(dimensions)) {
      throw new IllegalArgumentException(
          "%s is not a permutation of %s dimensions".formatted(permutation, rank));
    }
    int count = Tiling.product(sizes);
    int[] strides = new int[rank];
    int stride = 1;
    for (int i = rank - 1; i >= 0; i--) {
      strides[i] = stride;
      stride *= sizes.get(i);
    }
    List<Integer> devices = new ArrayList<>(count);
    for (int place = 0; place < count; place++) {
      int rest = place;
      int device = 0;
      for (int i = rank - 1; i >= 0; i--) {
        int dimension = order.get(i);
        device += rest % sizes.get(dimension) * strides[dimension];
        rest /= sizes.get(dimension);
      }
      devices.add(device);
    }
    return Collections.unmodifiableList(devices);
  }

  /** How many dimensions at the end are of devices that share a tile. */
  private int shared() {
    if (scanner.accept("last_tile_dim_replicate")) {
      return 1;
    }
    if (!scanner.accept("last_tile_dims")) {
      return 0;
    }
    scanner.expect("=");
    scanner.expect("{");
    int shared = 0;
    do {
      String kind = scanner.word();
      if (!kind.equals("replicated")) {
        throw new IllegalArgumentException(
            "%s dimensions of devices do not specify which elements each device has"
                .formatted(kind));
      }
      shared++;
    } while (scanner.accept(","));
    scanner.expect("}");
    return shared;
  }
}
