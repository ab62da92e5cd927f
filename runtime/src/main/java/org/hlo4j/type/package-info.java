/**
 * The vocabulary: element types, their markers for the Java type system, and shapes. All of it is
 * immutable: markers have no instances.
 */
@NullMarked
package org.hlo4j.type;

import org.jspecify.annotations.NullMarked;
