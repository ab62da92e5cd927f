package org.hlo4j;

import static com.google.common.truth.Truth.assertThat;

import java.util.Locale;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

/** What XLA's CPU backend copies in a ring of two devices, as the program is written. */
@Tag("plugins")
final class CopiesTest {
  private static final long BYTES = 4096;

  private static final String PERMUTE =
      """
            %%p%d = "stablehlo.collective_permute"(%%%s) <{
                channel_handle = #stablehlo.channel_handle<handle = 0, type = 0>,
                source_target_pairs = dense<[[0, 1], [1, 0]]> : tensor<2x2xi64>
            }> : (tensor<1024xf32>) -> tensor<1024xf32>
      """;

  private final Pjrt client = Pjrt.builder().cpuDevices(2).withoutCache().open();

  @AfterEach
  void close() {
    client.close();
  }

  private ExecutableStatistics statistics(String donation, int rounds, String body, String last) {
    String text =
        String.format(
            Locale.ROOT,
            """
        module attributes {mhlo.num_replicas = 2 : i32} {
          func.func @main(%%x: tensor<1024xf32>%s) -> tensor<1024xf32> {
            %%zero = stablehlo.constant dense<0> : tensor<i32>
            %%w:2 = stablehlo.while(%%i = %%zero, %%a = %%x) : tensor<i32>, tensor<1024xf32> cond {
              %%end = stablehlo.constant dense<%d> : tensor<i32>
              %%less = stablehlo.compare LT, %%i, %%end : (tensor<i32>, tensor<i32>) -> tensor<i1>
              stablehlo.return %%less : tensor<i1>
            } do {
              %%one = stablehlo.constant dense<1> : tensor<i32>
              %%next = stablehlo.add %%i, %%one : tensor<i32>
        %s\
              stablehlo.return %%next, %%%s : tensor<i32>, tensor<1024xf32>
            }
            return %%w#1 : tensor<1024xf32>
          }
        }
        """,
            donation,
            rounds,
            body,
            last);
    try (Executable executable = client.group(2).compile(Program.of(text))) {
      return executable.statistics();
    }
  }

  @Test
  void aLoopOfOnePermuteCopiesInEachRound() {
    ExecutableStatistics statistics =
        statistics("", 8, String.format(Locale.ROOT, PERMUTE, 1, "a"), "p1");

    assertThat(statistics.copiesInLoops()).isEqualTo(1);
    assertThat(statistics.copiedBytes()).isEqualTo((8 + 1) * BYTES);
    assertThat(statistics.copies()).isGreaterThan(statistics.copiesInLoops());
  }

  @Test
  void aLoopOfTwoPermutesOverADonatedBufferCopiesNothing() {
    ExecutableStatistics statistics =
        statistics(
            " {tf.aliasing_output = 0 : i32}",
            4,
            String.format(Locale.ROOT, PERMUTE, 1, "a")
                + String.format(Locale.ROOT, PERMUTE, 2, "p1"),
            "p2");

    assertThat(statistics.copiesInLoops()).isEqualTo(0);
    assertThat(statistics.copiedBytes()).isEqualTo(0);
  }
}
