/** The text of a pipeline and its statements. */
@NullMarked
package org.hlo4j.processor.pipeline.syntax;

import org.jspecify.annotations.NullMarked;
