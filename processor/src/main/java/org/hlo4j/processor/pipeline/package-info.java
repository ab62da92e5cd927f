/** Converts the statements of a pipeline to candidate programs. */
@NullMarked
package org.hlo4j.processor.pipeline;

import org.jspecify.annotations.NullMarked;
