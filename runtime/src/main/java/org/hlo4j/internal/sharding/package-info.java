/** The distribution of tensors over devices. */
@NullMarked
package org.hlo4j.internal.sharding;

import org.jspecify.annotations.NullMarked;
