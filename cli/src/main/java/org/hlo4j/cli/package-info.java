/** The command {@code hlo4j}. */
@NullMarked
package org.hlo4j.cli;

import org.jspecify.annotations.NullMarked;
