/** Writes the annotated interface of programs that are there. */
@NullMarked
package org.hlo4j.cli.init;

import org.jspecify.annotations.NullMarked;
