package org.hlo4j;

import static com.google.common.truth.Truth.assertThat;
import static org.junit.jupiter.api.Assertions.assertThrows;

import java.nio.file.Path;
import java.util.List;
import org.hlo4j.error.CompilationException;
import org.hlo4j.type.Shape;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Programs with futures, which not all plugins know, run on all of them. */
@Tag("plugins")
final class FutureTest {
  private static final Shape SHAPE = Shape.parse("tensor<4xf32>");

  /** Sends the data to the other device, and adds to what comes from there. */
  private static final String EXCHANGE =
      """
      module attributes {mhlo.num_replicas = 2 : i32} {
        func.func @main(%x: tensor<4xf32>) -> (tensor<4xf32>, tensor<4xf32>) {
          %f = "stablehlo.async_start"(%x) ({
          ^bb0(%a: tensor<4xf32>):
            %p = "stablehlo.collective_permute"(%a) <{
                channel_handle = #stablehlo.channel_handle<handle = 0, type = 0>,
                source_target_pairs = dense<[[0, 1], [1, 0]]> : tensor<2x2xi64>
            }> : (tensor<4xf32>) -> tensor<4xf32>
            stablehlo.return %p : tensor<4xf32>
          }) : (tensor<4xf32>) -> !stablehlo.future<tensor<4xf32>>
          %y = stablehlo.add %x, %x : tensor<4xf32>
          %d = "stablehlo.async_done"(%f) : (!stablehlo.future<tensor<4xf32>>) -> tensor<4xf32>
          %r = stablehlo.add %y, %d : tensor<4xf32>
          return %r, %x : tensor<4xf32>, tensor<4xf32>
        }
      }
      """;

  @TempDir Path cache;
  private final Pjrt client = Pjrt.builder().cpuDevices(2).withoutCache().open();

  @AfterEach
  void close() {
    client.close();
  }

  private static float[][] run(Pjrt client) {
    DeviceGroup group = client.group(2);
    try (Executable executable = group.compile(Program.of(EXCHANGE))) {
      Sharded<?> x =
          group.putEach(
              SHAPE,
              executable.inputShardings().getFirst(),
              List.of(new float[] {1, 2, 3, 4}, new float[] {10, 20, 30, 40}));
      ShardedBuffer<?> sum = executable.executeSharded(x).getFirst();
      return new float[][] {sum.shard(0).toFloatArray(), sum.shard(1).toFloatArray()};
    }
  }

  @Test
  void aProgramWithAFutureRuns() {
    assertThat(run(client)).isEqualTo(new float[][] {{12, 24, 36, 48}, {21, 42, 63, 84}});
  }

  @Test
  void itIsFoundAgainInTheCacheOnDisk() {
    try (Pjrt first = Pjrt.builder().cpuDevices(2).cache(cache.resolve("hlo4j")).open()) {
      float[][] unused = run(first);
      assertThat(first.executables().compiled()).isEqualTo(1);
    }
    try (Pjrt second = Pjrt.builder().cpuDevices(2).cache(cache.resolve("hlo4j")).open()) {
      assertThat(run(second)).isEqualTo(new float[][] {{12, 24, 36, 48}, {21, 42, 63, 84}});
      assertThat(second.executables().compiled()).isEqualTo(0);
    }
  }

  @Test
  void whatXlaRefusesBelowAFutureIsShownAtItsLine() {
    Program wrong =
        Program.of(EXCHANGE.replace("add %y, %d : tensor<4xf32>", "add %y, %d : tensor<5xf32>"));

    CompilationException refused =
        assertThrows(CompilationException.class, () -> client.group(2).compile(wrong));

    assertThat(refused.line()).isEqualTo(13);
    assertThat(refused).hasMessageThat().contains("%r = stablehlo.add %y, %d : tensor<5xf32>");
  }
}
