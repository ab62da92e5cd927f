/** Executables that are made once, and how programs are written for a plugin. */
@NullMarked
package org.hlo4j.internal.compile;

import org.jspecify.annotations.NullMarked;
