package org.hlo4j.examples.vignette;

import static com.google.common.truth.Truth.assertThat;

import java.io.ByteArrayOutputStream;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.util.List;
import org.hlo4j.Pjrt;
import org.hlo4j.examples.vignette.OverlapBenchmark.Round;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.Test;

final class VignetteTest {
  private static final Pjrt CLIENT = Pjrt.open();

  private final ByteArrayOutputStream printed = new ByteArrayOutputStream();
  private final Parts parts =
      new Parts(CLIENT.device(), new PrintStream(printed, true, StandardCharsets.UTF_8));

  @AfterAll
  static void close() {
    CLIENT.close();
  }

  private String printed() {
    return printed.toString(StandardCharsets.UTF_8);
  }

  @Test
  void syncAndAsyncGiveTheSame() {
    parts.syncAndAsync();

    String sync = printed().lines().filter(line -> line.contains("sync:  ")).findFirst().get();
    String result = sync.substring(sync.indexOf("2 *"));
    assertThat(printed()).contains("async: " + result);
  }

  @Test
  void twoTransfersInFlightGiveTheVignettesMatrix() {
    assertThat(parts.twoTransfers().toFloatArray()).isEqualTo(new float[] {6, 10, 8, 12});
    assertThat(printed()).contains("[[ 6. 10.]\n    [ 8. 12.]]");
  }

  @Test
  void anExecutionIsChainedToItsReadBack() {
    assertThat(parts.chainedReadBack()).isEqualTo(2f);
  }

  @Test
  void eachStepIsLoggedInOrder() {
    parts.logThePreviousStep();

    List<String> steps = printed().lines().map(line -> line.strip().substring(0, 7)).toList();
    assertThat(steps).containsExactly("step 1:", "step 2:", "step 3:", "step 4:", "step 5:");
  }

  @Test
  void aTransferIsPolledUntilItIsThere() {
    assertThat(parts.pollATransfer()).isAtLeast(1);
  }

  @Test
  void theTrainingLoopGivesWhatPlainJavaDoes() {
    parts.trainingLoop();

    String difference = printed().substring(printed().lastIndexOf(' ')).strip();
    assertThat(Double.parseDouble(difference)).isLessThan(1e-5);
    assertThat(printed()).contains("final shape tensor<100x100xf32>");
  }

  @Test
  void theBenchmarkTimesBothLoops() throws InterruptedException {
    List<Round> rounds = new OverlapBenchmark(CLIENT.device()).run();

    // Five preparations of 20 ms each are in every loop; how much sooner the async one is done
    // depends on the machine, so nothing is asserted of that.
    for (Round round : rounds) {
      assertThat(round.sync()).isAtLeast(0.1);
      assertThat(round.async()).isAtLeast(0.1);
    }
  }
}
