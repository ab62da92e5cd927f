/** The library's JDK Flight Recorder events. */
@NullMarked
package org.hlo4j.internal.jfr;

import org.jspecify.annotations.NullMarked;
