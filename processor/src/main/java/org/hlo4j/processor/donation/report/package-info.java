/** The uses of donated values, and the messages about them. */
@NullMarked
package org.hlo4j.processor.donation.report;

import org.jspecify.annotations.NullMarked;
