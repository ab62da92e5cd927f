/** Writes the Java binding of a C API from a table of its structs, function slots and constants. */
@NullMarked
package org.hlo4j.abi;

import org.jspecify.annotations.NullMarked;
