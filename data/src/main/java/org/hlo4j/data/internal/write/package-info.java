/** Writes tensors into files of each format. */
@NullMarked
package org.hlo4j.data.internal.write;

import org.jspecify.annotations.NullMarked;
