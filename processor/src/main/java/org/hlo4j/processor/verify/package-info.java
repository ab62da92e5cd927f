/**
 * Verification by the real compiler: XLA compiles programs in child processes, whose crashes are
 * ordinary verdicts. Independent of javac.
 */
@NullMarked
package org.hlo4j.processor.verify;

import org.jspecify.annotations.NullMarked;
