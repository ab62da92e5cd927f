/**
 * Asynchronous dispatch in seven short parts, after the vignette of that name of R's pjrt package:
 * each prints what it shows, and {@link org.hlo4j.examples.vignette.Vignette} runs them all.
 */
@NullMarked
package org.hlo4j.examples.vignette;

import org.jspecify.annotations.NullMarked;
