/**
 * What the library throws: every refusal and every failure is a {@link HloException}. What an
 * exception tells never changes, so that many threads may read it.
 */
@NullMarked
package org.hlo4j.error;

import org.jspecify.annotations.NullMarked;
