/** Finds uses of values after their donation in the bodies of user methods. */
@NullMarked
package org.hlo4j.processor.donation;

import org.jspecify.annotations.NullMarked;
