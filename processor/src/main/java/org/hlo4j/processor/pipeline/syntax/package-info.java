/** The syntax of pipelines. */
@NullMarked
package org.hlo4j.processor.pipeline.syntax;

import org.jspecify.annotations.NullMarked;
