/** Runs a program on data in files. */
@NullMarked
package org.hlo4j.cli.run;

import org.jspecify.annotations.NullMarked;
