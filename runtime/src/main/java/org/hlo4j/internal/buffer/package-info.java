/** The buffers of tensors: who holds them, what calls do with them, and variables over them. */
@NullMarked
package org.hlo4j.internal.buffer;

import org.jspecify.annotations.NullMarked;
