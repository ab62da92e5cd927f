/** Finds the programs of kernels. */
@NullMarked
package org.hlo4j.processor.read;

import org.jspecify.annotations.NullMarked;
