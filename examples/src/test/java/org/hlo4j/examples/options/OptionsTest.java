package org.hlo4j.examples.options;

import static com.google.common.truth.Truth.assertThat;

import java.awt.image.BufferedImage;
import java.util.List;
import org.hlo4j.Pjrt;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.Test;

final class OptionsTest {
  private static final int SIMULATIONS = 4;
  private static final Pjrt CLIENT = Pjrt.builder().cpuDevices(2).open();
  private static final OnDevices DEVICES = new OnDevices(CLIENT);

  @AfterAll
  static void close() {
    CLIENT.close();
  }

  @Test
  void theFormulaGivesThePricesOfTheTextbooks() {
    double[] prices = DEVICES.formula();

    assertThat(prices[2]).isWithin(1e-5).of(10.450584);
    assertThat(prices[4]).isWithin(1e-5).of(3.247477);
  }

  @Test
  void theSimulationComesAsCloseAsItsStandardErrorSays() {
    assertThatAllAreClose(DEVICES.simulate(SIMULATIONS));
  }

  @Test
  void plainJavaDoesSoToo() {
    assertThatAllAreClose(PlainJava.simulate(SIMULATIONS, false));
  }

  @Test
  void eachSimulationHasNumbersOfItsOwnWhichAreTheSameEachTime() {
    List<List<Estimate>> first = DEVICES.simulate(2);
    List<List<Estimate>> again = DEVICES.simulate(2);

    assertThat(first.get(0)).isEqualTo(again.get(0));
    assertThat(first.get(1)).isEqualTo(again.get(1));
    assertThat(first.get(0)).isNotEqualTo(first.get(1));
  }

  @Test
  void theChartShowsHowTheErrorShrinks() {
    List<ConvergenceChart.Point> points =
        List.of(
            new ConvergenceChart.Point(1000, 10.6, 0.1),
            new ConvergenceChart.Point(4000, 10.4, 0.05));

    BufferedImage image = ConvergenceChart.draw(points, 10.5);

    assertThat(image.getRGB(130, 150)).isNotEqualTo(image.getRGB(890, 150));
  }

  private static void assertThatAllAreClose(List<List<Estimate>> simulations) {
    double[] formula = DEVICES.formula();
    for (int call = 0; call < Terms.count(); call++) {
      Estimate estimate = Estimate.NONE;
      for (List<Estimate> simulation : simulations) {
        estimate = estimate.plus(simulation.get(call));
      }
      // The numbers are the same in each run, so this does not fail by chance.
      assertThat(estimate.price()).isWithin(3.5 * estimate.error()).of(formula[call]);
      assertThat(estimate.error()).isLessThan(0.05);
    }
  }
}
