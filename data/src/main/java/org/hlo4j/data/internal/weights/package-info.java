/** Records of tensors, as {@code Weights} loads and saves them. */
@NullMarked
package org.hlo4j.data.internal.weights;

import org.jspecify.annotations.NullMarked;
