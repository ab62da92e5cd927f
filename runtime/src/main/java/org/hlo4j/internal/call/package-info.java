/**
 * Calls of executables: where they were made, how many may be in flight, and in which order they
 * start.
 */
@NullMarked
package org.hlo4j.internal.call;

import org.jspecify.annotations.NullMarked;
