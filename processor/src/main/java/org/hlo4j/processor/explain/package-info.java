/** Tells what becomes of a program, for people. */
@NullMarked
package org.hlo4j.processor.explain;

import org.jspecify.annotations.NullMarked;
