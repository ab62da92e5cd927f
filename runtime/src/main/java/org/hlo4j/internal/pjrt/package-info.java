/**
 * The C API of PJRT behind handles: each native object has one owner here, which pairs its create
 * with its destroy. Raw addresses stay inside this package.
 */
@NullMarked
package org.hlo4j.internal.pjrt;

import org.jspecify.annotations.NullMarked;
