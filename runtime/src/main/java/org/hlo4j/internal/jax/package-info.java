/** Files written by JAX. */
@NullMarked
package org.hlo4j.internal.jax;

import org.jspecify.annotations.NullMarked;
