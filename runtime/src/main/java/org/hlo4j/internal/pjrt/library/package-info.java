/**
 * Loading of shared libraries: checks of the file before it is mapped, the dynamic loader's errors,
 * and functions of the C library.
 */
@NullMarked
package org.hlo4j.internal.pjrt.library;

import org.jspecify.annotations.NullMarked;
