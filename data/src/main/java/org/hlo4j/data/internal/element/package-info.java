/** Elements of tensors as files have them: their types, their order, and copies of them. */
@NullMarked
package org.hlo4j.data.internal.element;

import org.jspecify.annotations.NullMarked;
