/** Rewrites of programs' texts for the plugin that compiles them. */
@NullMarked
package org.hlo4j.internal.mlir.rewrite;

import org.jspecify.annotations.NullMarked;
