/**
 * The real compiler at compile time: programs are given to XLA in child processes, whose crashes
 * are answers like any other. Nothing here knows of javac.
 */
@NullMarked
package org.hlo4j.processor.verify;

import org.jspecify.annotations.NullMarked;
