/** Programs exported from JAX, run and compared with what JAX computed. */
@NullMarked
package org.hlo4j.tests.corpus;

import org.jspecify.annotations.NullMarked;
