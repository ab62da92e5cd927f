/** Compilation: executables that were compiled ahead, are on disk, or are made once by XLA. */
@NullMarked
package org.hlo4j.internal.compile;

import org.jspecify.annotations.NullMarked;
