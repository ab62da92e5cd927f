/** Finding the programs that kernels name. */
@NullMarked
package org.hlo4j.processor.read;

import org.jspecify.annotations.NullMarked;
