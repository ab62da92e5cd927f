/** The library's daemon threads, which exist while a client is open and run no user code. */
@NullMarked
package org.hlo4j.internal.thread;

import org.jspecify.annotations.NullMarked;
