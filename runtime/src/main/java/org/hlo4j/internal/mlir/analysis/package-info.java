/** Facts about programs: what they take and return, and what makes XLA fail on them. */
@NullMarked
package org.hlo4j.internal.mlir.analysis;

import org.jspecify.annotations.NullMarked;
