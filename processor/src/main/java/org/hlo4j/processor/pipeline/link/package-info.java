/** Links kernels' programs into one. */
@NullMarked
package org.hlo4j.processor.pipeline.link;

import org.jspecify.annotations.NullMarked;
