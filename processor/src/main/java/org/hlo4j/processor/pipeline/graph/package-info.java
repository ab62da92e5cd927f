/** A pipeline as a graph of values and steps. */
@NullMarked
package org.hlo4j.processor.pipeline.graph;

import org.jspecify.annotations.NullMarked;
