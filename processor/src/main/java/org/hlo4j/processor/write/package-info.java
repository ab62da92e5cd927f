/** Writes Java sources from plans. */
@NullMarked
package org.hlo4j.processor.write;

import org.jspecify.annotations.NullMarked;
