/** What the library throws: every refusal and every failure is a {@link HloException}. */
@NullMarked
package org.hlo4j.error;

import org.jspecify.annotations.NullMarked;
