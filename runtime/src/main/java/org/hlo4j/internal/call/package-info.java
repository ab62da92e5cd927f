/**
 * Calls: what their arguments have to be, how they are locked and launched, and what becomes of the
 * outputs.
 */
@NullMarked
package org.hlo4j.internal.call;

import org.jspecify.annotations.NullMarked;
