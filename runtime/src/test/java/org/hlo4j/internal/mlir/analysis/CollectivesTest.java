package org.hlo4j.internal.mlir.analysis;

import static com.google.common.truth.Truth.assertThat;
import static org.junit.jupiter.api.Assertions.assertThrows;

import org.hlo4j.error.CompilationException;
import org.hlo4j.internal.mlir.model.MlirModule;
import org.hlo4j.internal.mlir.syntax.MlirReader;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

final class CollectivesTest {
  private static final String PROGRAM =
      """
      func.func @main(%%x: tensor<4xf32>) -> tensor<4xf32> {
        %%0 = "stablehlo.%s"(%%x) <{%s}> ({
          ^bb0(%%a: tensor<f32>, %%b: tensor<f32>):
            %%s = stablehlo.add %%a, %%b : tensor<f32>
            stablehlo.return %%s : tensor<f32>
        }) : (tensor<4xf32>) -> tensor<4xf32>
        return %%0 : tensor<4xf32>
      }
      #empty = dense<> : tensor<0x0xi64>
      """;

  /** Checks a program that runs as so many replicas of so many partitions. */
  private static void check(String operation, String attributes, long replicas, long partitions) {
    MlirModule module = MlirReader.read(PROGRAM.formatted(operation, attributes));
    Collectives collectives = new Collectives(module, replicas, partitions);
    module.functions().forEach(function -> function.walk(collectives::check));
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "all_reduce|replica_groups = dense<0> : tensor<1x1xi64>|1|1",
        "all_reduce|replica_groups = dense<[[0, 1, 2, 3]]> : tensor<1x4xi64>|4|1",
        "all_reduce|replica_groups = dense<[[0, 2], [1, 3]]> : tensor<2x2xi64>|4|1",
        "all_reduce|replica_groups = dense<[[0, 1], [2, -1]]> : tensor<2x2xi64>|3|1",
        "all_reduce|replica_groups = dense<[[0, 1]]> : tensor<1x2xi64>,"
            + " channel_handle = #stablehlo.channel_handle<handle = 1, type = 0>|2|4",
        "all_reduce|replica_groups = dense<[[0, 7]]> : tensor<1x2xi64>, use_global_device_ids,"
            + " channel_handle = #stablehlo.channel_handle<handle = 1, type = 0>|2|4",
        "all_reduce|replica_groups = dense<> : tensor<0x0xi64>|4|1",
        "collective_permute|source_target_pairs = dense<[[0, 1], [1, 0]]> : tensor<2x2xi64>|2|1",
        "collective_permute|source_target_pairs = dense<[[0, 1], [1, 0]]> : tensor<2x2xi64>,"
            + " channel_handle = #stablehlo.channel_handle<handle = 1, type = 1>|1|2",
        "collective_permute|source_target_pairs = dense<[[0, 1]]> : tensor<1x2xi64>,"
            + " channel_handle = #stablehlo.channel_handle<handle = 0, type = 0>|2|1",
        "all_to_all|replica_groups = dense<[[0, 1]]> : tensor<1x2xi64>|2|1",
      })
  void processesThatExistMayExchangeData(
      String operation, String attributes, long replicas, long partitions) {
    check(operation, attributes, replicas, partitions);
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "all_reduce|replica_groups = dense<[[0, 1]]> : tensor<1x2xi64>|1|1|there is no replica 1",
        "all_gather|replica_groups = dense<[[4]]> : tensor<1x1xi64>|4|1|there is no replica 4",
        "all_reduce|replica_groups = dense<[[-2]]> : tensor<1x1xi64>|4|1|there is no replica -2",
        "all_reduce|replica_groups = dense<[[0, 0]]> : tensor<1x2xi64>|4|1|names process 0 twice",
        "reduce_scatter|replica_groups = dense<[[0, 8]]> : tensor<1x2xi64>, use_global_device_ids,"
            + " channel_handle = #stablehlo.channel_handle<handle = 1, type = 0>|2|4"
            + "|there is no process 8",
        "all_to_all|replica_groups = dense<[[0, 2]]> : tensor<1x2xi64>,"
            + " channel_handle = #stablehlo.channel_handle<handle = 1, type = 0>|4|2"
            + "|there is no partition 2",
        "all_to_all|replica_groups = dense<> : tensor<0x0xi64>|4|1|its replica groups are empty",
        "collective_permute|source_target_pairs = dense<[[0, 1]]> : tensor<1x2xi64>,"
            + " channel_handle = #stablehlo.channel_handle<handle = 1, type = 1>|4|1"
            + "|its channel is for partitions, but the program has only one",
        "collective_permute|source_target_pairs = dense<[[0, 1]]> : tensor<1x2xi64>, "
            + "channel_handle = #unknown|4|1|its channel is for partitions",
        "collective_permute|source_target_pairs = dense<[[0, 2]]> : tensor<1x2xi64>|2|1"
            + "|there is no replica 2",
        "collective_permute|source_target_pairs = dense<[[0, 1], [0, 2]]> : tensor<2x2xi64>|4|1"
            + "|names process 0 twice",
        "collective_permute|source_target_pairs = dense<[[0, 1], [2, 1]]> : tensor<2x2xi64>|4|1"
            + "|names process 1 twice",
        "collective_broadcast|replica_groups = dense<[[3]]> : tensor<1x1xi64>|2|1"
            + "|there is no replica 3",
        "collective_reduce|replica_groups = dense<[[3]]> : tensor<1x1xi64>|2|1"
            + "|there is no replica 3",
        "collective_reduce|replica_groups = dense<[[0, 0]]> : tensor<1x2xi64>|2|1"
            + "|names process 0 twice",
        "collective_reduce|replica_groups = dense<[[0, 2]]> : tensor<1x2xi64>,"
            + " channel_handle = #stablehlo.channel_handle<handle = 1, type = 0>|4|2"
            + "|there is no partition 2",
        "all_to_all|replica_groups = dense<0> : tensor<0x1xi64>|1|1|its replica groups are empty",
        "all_to_all|replica_groups = dense<\"0x\"> : tensor<0x0xi64>|1|1|groups are empty",
        "all_to_all|replica_groups = dense<[[]]> : tensor<1x0xi64>|1|1|groups are empty",
        "all_to_all|replica_groups = #empty|1|1|its replica groups are empty",
        "all_reduce|replica_groups = dense<0> : tensor<1x2xi64>|4|1|names process 0 twice",
        "all_reduce|replica_groups = dense<\"0x0500000000000000\"> : tensor<1x1xi64>|4|1"
            + "|there is no replica 5",
      })
  void processesThatDoNotExistAreRefused(
      String operation, String attributes, long replicas, long partitions, String problem) {
    CompilationException e =
        assertThrows(
            CompilationException.class, () -> check(operation, attributes, replicas, partitions));

    assertThat(e.problem()).startsWith("stablehlo." + operation + " is rejected: ");
    assertThat(e.problem()).contains(problem);
    assertThat(e.line()).isEqualTo(2);
  }

  @Test
  void theCollectivesOfAProgramAreKnown() {
    EntryPoint entry =
        EntryPoint.of(
            MlirReader.read(
                PROGRAM.formatted("all_reduce", "replica_groups = dense<0> : tensor<1x1xi64>")));

    assertThat(entry.collectives()).containsExactly("all_reduce [0]");
  }
}
