/** From the statements of a pipeline to the programs that it could be. */
@NullMarked
package org.hlo4j.processor.pipeline;

import org.jspecify.annotations.NullMarked;
