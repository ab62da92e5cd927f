/** The text and bytes of programs: positions, tokens, and literals. */
@NullMarked
package org.hlo4j.internal.mlir.text;

import org.jspecify.annotations.NullMarked;
