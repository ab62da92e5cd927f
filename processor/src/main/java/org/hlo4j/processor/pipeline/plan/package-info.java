/** Transformations of pipelines: futures within their rounds, order, and loops without copies. */
@NullMarked
package org.hlo4j.processor.pipeline.plan;

import org.jspecify.annotations.NullMarked;
