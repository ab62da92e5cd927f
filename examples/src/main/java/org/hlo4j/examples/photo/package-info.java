/**
 * Filters on a photo: a blur, any convolution of three by three, and edges. {@link
 * org.hlo4j.examples.photo.FilterPhoto} runs them.
 */
@NullMarked
package org.hlo4j.examples.photo;

import org.jspecify.annotations.NullMarked;
