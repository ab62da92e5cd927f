/** The vocabulary: element types, their markers for the Java type system, and shapes. */
@NullMarked
package org.hlo4j.type;

import org.jspecify.annotations.NullMarked;
