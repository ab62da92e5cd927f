/**
 * Loading of shared libraries: checks of the file before the linker maps it, the dynamic loader's
 * errors, and the C library's own functions.
 */
@NullMarked
package org.hlo4j.internal.pjrt.library;

import org.jspecify.annotations.NullMarked;
