/** Executables: compiled ahead of time, cached on disk, or compiled once by XLA. */
@NullMarked
package org.hlo4j.internal.compile;

import org.jspecify.annotations.NullMarked;
