/** Finds uses of values after they were donated, in the bodies of the user's own methods. */
@NullMarked
package org.hlo4j.processor.donation;

import org.jspecify.annotations.NullMarked;
