/**
 * Element types, their marker interfaces, and shapes. All are immutable; markers have no instances.
 */
@NullMarked
package org.hlo4j.type;

import org.jspecify.annotations.NullMarked;
