/** Tells what becomes of a program, for people. */
@NullMarked
package org.hlo4j.cli.explain;

import org.jspecify.annotations.NullMarked;
