/** Executables that are kept in memory and on disk, and how programs are written for a plugin. */
@NullMarked
package org.hlo4j.internal.compile;

import org.jspecify.annotations.NullMarked;
