/** Generates the annotated interface of programs. */
@NullMarked
package org.hlo4j.cli.init;

import org.jspecify.annotations.NullMarked;
