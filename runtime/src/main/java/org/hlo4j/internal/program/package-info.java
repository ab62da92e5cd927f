/** StableHLO programs as passed to the compiler. */
@NullMarked
package org.hlo4j.internal.program;

import org.jspecify.annotations.NullMarked;
