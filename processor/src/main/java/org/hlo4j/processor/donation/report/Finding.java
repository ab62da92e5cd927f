package org.hlo4j.processor.donation.report;

import org.hlo4j.processor.donation.state.Mention;
import org.hlo4j.processor.donation.state.Spending;

/**
 * A use of a value that is spent, or may be.
 *
 * @param place where and by what
 * @param certain whether it is spent on each way that leads here
 */
record Finding(Mention mention, Findings.Place place, Spending spending, boolean certain) {
  Finding certainIf(boolean always) {
    return new Finding(mention, place, spending, always);
  }
}
