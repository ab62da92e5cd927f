/**
 * What a pipeline becomes: futures that stay in their round, an order, and loops that need no
 * copies.
 */
@NullMarked
package org.hlo4j.processor.pipeline.plan;

import org.jspecify.annotations.NullMarked;
