/** Records of tensors, for {@code Weights}. */
@NullMarked
package org.hlo4j.data.internal.weights;

import org.jspecify.annotations.NullMarked;
