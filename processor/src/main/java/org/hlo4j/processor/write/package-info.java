/** Plans become Java sources. */
@NullMarked
package org.hlo4j.processor.write;

import org.jspecify.annotations.NullMarked;
