/** The buffers of tensors: their holders, their use by calls, and variables over them. */
@NullMarked
package org.hlo4j.internal.buffer;

import org.jspecify.annotations.NullMarked;
