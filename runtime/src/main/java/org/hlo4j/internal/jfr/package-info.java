/** The library's events in the JDK's Flight Recorder. Not exported. */
@NullMarked
package org.hlo4j.internal.jfr;

import org.jspecify.annotations.NullMarked;
