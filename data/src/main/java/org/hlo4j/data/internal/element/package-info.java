/** Element types and element order in files, and conversions of elements. */
@NullMarked
package org.hlo4j.data.internal.element;

import org.jspecify.annotations.NullMarked;
