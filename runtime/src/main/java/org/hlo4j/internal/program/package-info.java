/** StableHLO programs as the library compiles them. */
@NullMarked
package org.hlo4j.internal.program;

import org.jspecify.annotations.NullMarked;
