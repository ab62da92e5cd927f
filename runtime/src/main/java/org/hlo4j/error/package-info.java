/**
 * The exceptions of the library, all of which are {@link HloException}s. They are immutable apart
 * from the stack trace.
 */
@NullMarked
package org.hlo4j.error;

import org.jspecify.annotations.NullMarked;
