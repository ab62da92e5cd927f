/** The interface between generated code and the runtime; for generated code only. */
@NullMarked
package org.hlo4j.generated;

import org.jspecify.annotations.NullMarked;
