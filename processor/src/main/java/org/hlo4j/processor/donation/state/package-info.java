/** The values that the variables of a body hold at a point, and those that are donated there. */
@NullMarked
package org.hlo4j.processor.donation.state;

import org.jspecify.annotations.NullMarked;
