/**
 * Prices of options by Black's and Scholes' formula, and by simulation, with promises in flight on
 * all devices. {@link org.hlo4j.examples.options.PriceOptions} runs it.
 */
@NullMarked
package org.hlo4j.examples.options;

import org.jspecify.annotations.NullMarked;
