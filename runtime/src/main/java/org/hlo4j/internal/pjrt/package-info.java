/**
 * PJRT's C API behind handles: each native object has one owner, which pairs its creation with its
 * destruction. Raw addresses stay inside this package.
 */
@NullMarked
package org.hlo4j.internal.pjrt;

import org.jspecify.annotations.NullMarked;
