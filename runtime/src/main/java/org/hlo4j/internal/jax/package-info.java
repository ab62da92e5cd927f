/** Files that JAX writes. Not exported to users. */
@NullMarked
package org.hlo4j.internal.jax;

import org.jspecify.annotations.NullMarked;
