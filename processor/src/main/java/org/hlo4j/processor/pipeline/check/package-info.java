/** The semantics of a pipeline's statements, and their checks. */
@NullMarked
package org.hlo4j.processor.pipeline.check;

import org.jspecify.annotations.NullMarked;
