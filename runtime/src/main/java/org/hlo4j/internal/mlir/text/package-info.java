/** The text and the bytes of programs: places, tokens, and literals. */
@NullMarked
package org.hlo4j.internal.mlir.text;

import org.jspecify.annotations.NullMarked;
