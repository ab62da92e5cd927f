/** The catalogue of the processor's messages. */
@NullMarked
package org.hlo4j.processor.message;

import org.jspecify.annotations.NullMarked;
