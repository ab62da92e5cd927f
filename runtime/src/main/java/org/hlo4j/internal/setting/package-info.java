/** The system properties of the library. */
@NullMarked
package org.hlo4j.internal.setting;

import org.jspecify.annotations.NullMarked;
