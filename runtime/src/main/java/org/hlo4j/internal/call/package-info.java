/** Calls: the checks and locks of their arguments, their launch, and their outputs. */
@NullMarked
package org.hlo4j.internal.call;

import org.jspecify.annotations.NullMarked;
