/** What a pipeline's statements mean, and whether they may stand so. */
@NullMarked
package org.hlo4j.processor.pipeline.check;

import org.jspecify.annotations.NullMarked;
