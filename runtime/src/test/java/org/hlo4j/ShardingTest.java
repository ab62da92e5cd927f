package org.hlo4j;

import static com.google.common.truth.Truth.assertThat;
import static com.google.common.truth.Truth.assertWithMessage;
import static org.junit.jupiter.api.Assertions.assertThrows;

import java.util.ArrayList;
import java.util.Collections;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.Random;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.hlo4j.Sharding.Range;
import org.hlo4j.error.ArgumentException;
import org.hlo4j.error.CompilationException;
import org.hlo4j.type.ElementType;
import org.hlo4j.type.Shape;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

final class ShardingTest {
  private static final Shape SHAPE = Shape.parse("tensor<8x12xf32>");

  static Stream<Arguments> texts() {
    return Stream.of(
        Arguments.of("{replicated}", 3, "replicated"),
        Arguments.of("{maximal device=2}", 4, "on device 2 of 4"),
        Arguments.of("{devices=[4,1]<=[4]}", 4, "split 4"),
        Arguments.of("{devices=[1,4]<=[4]}", 4, "split 1x4"),
        Arguments.of("{devices=[2,2]<=[4]}", 4, "split 2x2"),
        Arguments.of("{devices=[2,2]<=[2,2]T(1,0)}", 4, "split 2x2, tiles [0, 2, 1, 3]"),
        Arguments.of("{devices=[2,1]0,1}", 2, "split 2"),
        Arguments.of("{devices=[2,1]1,0}", 2, "split 2, tiles [1, 0]"),
        Arguments.of(
            "{devices=[2,1,2]<=[4] last_tile_dim_replicate}", 4, "split 2, tiles [0, 0, 1, 1]"),
        Arguments.of(
            "{devices=[2,1,2]0,2,1,3 last_tile_dim_replicate}", 4, "split 2, tiles [0, 1, 0, 1]"),
        Arguments.of(
            "{devices=[1,2,2,2]<=[8] last_tile_dims={replicated, replicated}}",
            8,
            "split 1x2, tiles [0, 0, 0, 0, 1, 1, 1, 1]"),
        Arguments.of("{devices=[1,1,4]<=[4] last_tile_dim_replicate}", 4, "replicated"));
  }

  @ParameterizedTest
  @MethodSource("texts")
  void readsWhatXlaWrites(String text, int devices, String meaning) {
    Sharding sharding = Sharding.parse(text, devices);

    assertThat(sharding.toString()).isEqualTo(meaning);
    assertThat(sharding.devices()).isEqualTo(devices);
    checkCovers(sharding, SHAPE);
  }

  static Stream<Arguments> wrongTexts() {
    return Stream.of(
        Arguments.of("{manual}", "a manual sharding does not define"),
        Arguments.of("{devices=[4]<=[4] last_tile_dims={manual}}", "manual dimensions of devices"),
        Arguments.of("{{replicated},{replicated}}", "the sharding is for a tuple"),
        Arguments.of("{devices=[2]<=[2]}", "is for 2 devices, not for 4"),
        Arguments.of("{devices=[2,2]0,1,2}", "4 tiles are assigned to 3 devices"),
        Arguments.of("{devices=[4]0,1,1,2}", "does not contain each of 4 devices once"),
        Arguments.of("{devices=[4]0,1,2,4}", "does not contain each of 4 devices once"),
        Arguments.of("{devices=[0]}", "a number was expected"),
        Arguments.of("{devices=[2,2]<=[2,2]T(0,0)}", "[0, 0] is not a permutation"),
        Arguments.of("{devices=[2,2]<=[2,2]T(0)}", "[0] is not a permutation"),
        Arguments.of("{devices=[99999999999]<=[4]}", "a number was expected"),
        Arguments.of("{devices=[99999,99999]<=[4]}", "are not valid numbers of tiles"),
        Arguments.of("{maximal device=4}", "there is no device 4 among 4"),
        Arguments.of("{replicated} and more", "its end was expected"),
        Arguments.of("replicated", "{ was expected"),
        Arguments.of("", "ends where { was expected"));
  }

  @ParameterizedTest
  @MethodSource("wrongTexts")
  void refusesWhatSaysNothing(String text, String problem) {
    ArgumentException refused =
        assertThrows(ArgumentException.class, () -> Sharding.parse(text, 4));

    assertThat(refused).hasMessageThat().contains(problem);
  }

  static Stream<Arguments> shardyTexts() {
    String grid = "<[\"x\"=2, \"y\"=4]>";
    return Stream.of(
        Arguments.of(grid, "[{\"x\"}, {\"y\"}]", "split 2x4"),
        Arguments.of(grid, "[{\"y\"}, {\"x\"}]", "split 4x2, tiles [0, 2, 4, 6, 1, 3, 5, 7]"),
        Arguments.of(grid, "[{\"x\", \"y\"}, {}]", "split 8"),
        Arguments.of(grid, "[{\"y\", \"x\"}, {}]", "split 8, tiles [0, 2, 4, 6, 1, 3, 5, 7]"),
        Arguments.of(grid, "[{}, {}]", "replicated"),
        Arguments.of(
            grid, "[{}, {\"x\"}], replicated={\"y\"}", "split 1x2, tiles [0, 0, 0, 0, 1, 1, 1, 1]"),
        Arguments.of(grid, "[{\"y\":(1)2}, {}]", "split 2, tiles [0, 0, 1, 1, 0, 0, 1, 1]"),
        Arguments.of(grid, "[{\"y\":(2)2}, {}]", "split 2, tiles [0, 1, 0, 1, 0, 1, 0, 1]"),
        Arguments.of(
            grid, "[{\"x\"}p0, {\"y\":(2)2}p1]", "split 2x2, tiles [0, 1, 0, 1, 2, 3, 2, 3]"),
        Arguments.of(
            "<[\"x\"=8], device_ids=[7, 6, 5, 4, 3, 2, 1, 0]>",
            "[{\"x\"}, {}]",
            "split 8, tiles [7, 6, 5, 4, 3, 2, 1, 0]"),
        Arguments.of("<[], device_ids=[3]>", "[{}, {}]", "on device 3 of 8"));
  }

  @ParameterizedTest
  @MethodSource("shardyTexts")
  void readsWhatShardyWrites(String mesh, String dimensions, String meaning) {
    Sharding named = declared("sdy.mesh @mesh = " + mesh, "@mesh, " + dimensions).orElseThrow();
    Sharding inline = declared("", "mesh" + mesh + ", " + dimensions).orElseThrow();

    assertThat(named.toString()).isEqualTo(meaning);
    assertThat(inline).isEqualTo(named);
    checkCovers(named, SHAPE);
  }

  @Test
  void whatIsLeftOpenIsNotSaid() {
    assertThat(declared("sdy.mesh @mesh = <[\"x\"=8]>", "@mesh, [{\"x\", ?}, {}]")).isEmpty();
    assertThat(declared("sdy.mesh @mesh = <[\"x\"=8]>", "@mesh, [{?}, {?}]")).isEmpty();
  }

  static Stream<Arguments> wrongShardyTexts() {
    return Stream.of(
        Arguments.of("[{\"z\"}, {}]", "has no axis \"z\""),
        Arguments.of(
            "[{\"x\"}, {\"x\"}]", "an axis of the mesh <[\"x\"=2, \"y\"=4]> is used twice"),
        Arguments.of("[{\"y\":(1)2, \"y\":(1)2}, {}]", "is used twice"),
        Arguments.of("[{\"y\":(3)2}, {}]", "the axis \"y\" of 4 devices has no part (3)2"),
        Arguments.of("[{\"y\":(0)2}, {}]", "has no part (0)2"),
        Arguments.of("[{}, {}], unreduced={\"x\"}", "unreduced axes do not determine"),
        Arguments.of("[{}, {}, {\"x\"}]", "has no dimension 2, which is to be split"),
        Arguments.of("[{\"x\"}, {} \"z\"]", "where { was expected"));
  }

  @ParameterizedTest
  @MethodSource("wrongShardyTexts")
  void refusesWhatShardyDoesNotWrite(String dimensions, String problem) {
    CompilationException refused =
        assertThrows(
            CompilationException.class,
            () -> declared("sdy.mesh @mesh = <[\"x\"=2, \"y\"=4]>", "@mesh, " + dimensions));

    assertThat(refused).hasMessageThat().contains(problem);
  }

  private static Optional<Sharding> declared(String mesh, String sharding) {
    String main =
        "func.func @main(%%x: %s {sdy.sharding = #sdy.sharding<%s>}) -> %1$s { return %%x : %1$s }"
            .formatted(SHAPE, sharding);
    return Program.of("module {\n%s\n%s\n}".formatted(mesh, main), 1, 8).inputs().get(0).sharding();
  }

  @Test
  void aliasesStandForShardings() {
    Program program =
        Program.of(
            """
            #split = #sdy.sharding<@mesh, [{"x"}, {}]>
            module attributes {mhlo.num_partitions = 4 : i32} {
              "sdy.mesh"() <{mesh = #sdy.mesh<["x"=4]>, sym_name = "mesh"}> : () -> ()
              func.func @main(%x: tensor<8x12xf32> {sdy.sharding = #split}) -> tensor<8x12xf32> {
                return %x : tensor<8x12xf32>
              }
            }
            """);

    assertThat(program.inputs().get(0).sharding()).hasValue(Sharding.split(0, 4));
    assertThat(program.outputs().get(0).sharding()).isEmpty();
    assertThat(program.partitions()).isEqualTo(4);
  }

  @Test
  void partsAreEqualOrRefused() {
    ArgumentException refused =
        assertThrows(ArgumentException.class, () -> Sharding.split(1, 5).shardShape(SHAPE));

    assertThat(refused)
        .hasMessageThat()
        .isEqualTo(
            "tensor<8x12xf32> cannot be split 1x5: dimension 1 of tensor<8x12xf32> does not divide"
                + " evenly into 5 parts");
  }

  @Test
  void rangesSayWhatEachDeviceHas() {
    Sharding sharding = Sharding.parse("{devices=[2,2]<=[2,2]T(1,0)}", 4);

    assertThat(sharding.shardShape(SHAPE)).isEqualTo(Shape.parse("tensor<4x6xf32>"));
    assertThat(sharding.ranges(SHAPE, 1)).containsExactly(new Range(4, 8), new Range(0, 6));
    assertThat(sharding.ranges(SHAPE, 2)).containsExactly(new Range(0, 4), new Range(6, 12));
    assertThat(sharding.parts(0)).isEqualTo(2);
    assertThat(sharding.parts(7)).isEqualTo(1);
    assertThrows(ArgumentException.class, () -> sharding.ranges(SHAPE, 4));
    assertThrows(ArgumentException.class, () -> Sharding.split(-1, 2));
    assertThrows(ArgumentException.class, () -> Sharding.replicated(0));
  }

  @Test
  void theDevicesTogetherHaveEachElementEquallyOften() {
    Random random = new Random(1);
    for (int i = 0; i < 200; i++) {
      int rank = 1 + random.nextInt(4);
      List<Integer> tiles = new ArrayList<>();
      long[] dimensions = new long[rank];
      int count = 1;
      for (int d = 0; d < rank; d++) {
        tiles.add(1 + random.nextInt(3));
        dimensions[d] = (1L + random.nextInt(3)) * tiles.get(d);
        count *= tiles.get(d);
      }
      int sharers = 1 + random.nextInt(3);
      List<Integer> order = new ArrayList<>(IntStream.range(0, count * sharers).boxed().toList());
      Collections.shuffle(order, random);
      String text =
          String.format(
              Locale.ROOT,
              "{devices=%s,%d]%s last_tile_dim_replicate}",
              tiles.toString().replace(" ", "").replace("]", ""),
              sharers,
              order.toString().replaceAll("[\\[\\] ]", ""));

      checkCovers(Sharding.parse(text, count * sharers), Shape.of(ElementType.I8, dimensions));
    }
  }

  /** Each element is on as many devices as any other; one device's elements are on one. */
  private static void checkCovers(Sharding sharding, Shape shape) {
    Map<List<Long>, Integer> owners = new HashMap<>();
    for (int device = 0; device < sharding.devices(); device++) {
      List<Range> ranges = sharding.ranges(shape, device);
      Shape shard = sharding.shardShape(shape);
      for (int i = 0; i < ranges.size(); i++) {
        assertThat(ranges.get(i).end() - ranges.get(i).start()).isEqualTo(shard.dimension(i));
      }
      count(ranges, List.of(), owners);
    }
    assertThat(owners).hasSize((int) shape.elementCount());
    assertWithMessage(sharding.toString())
        .that(Map.copyOf(owners).values().stream().distinct().toList())
        .hasSize(1);
  }

  private static void count(List<Range> ranges, List<Long> outer, Map<List<Long>, Integer> owners) {
    if (outer.size() == ranges.size()) {
      owners.merge(outer, 1, Integer::sum);
      return;
    }
    Range range = ranges.get(outer.size());
    for (long i = range.start(); i < range.end(); i++) {
      List<Long> index = new ArrayList<>(outer);
      index.add(i);
      count(ranges, index, owners);
    }
  }
}
