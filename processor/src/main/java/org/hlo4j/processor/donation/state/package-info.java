/** The values of a body's variables at a point, and those that are spent. */
@NullMarked
package org.hlo4j.processor.donation.state;

import org.jspecify.annotations.NullMarked;
