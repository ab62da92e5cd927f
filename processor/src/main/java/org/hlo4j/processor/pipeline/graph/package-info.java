/** A pipeline as values and the steps between them. */
@NullMarked
package org.hlo4j.processor.pipeline.graph;

import org.jspecify.annotations.NullMarked;
