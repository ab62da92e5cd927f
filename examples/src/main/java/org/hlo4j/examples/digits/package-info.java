/** Trains a small network to read handwritten digits, and draws how that went. */
@NullMarked
package org.hlo4j.examples.digits;

import org.jspecify.annotations.NullMarked;
