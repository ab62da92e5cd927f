/**
 * The threads of the library: daemons of the platform, which exist while a client is open, and none
 * of which runs a user's code.
 */
@NullMarked
package org.hlo4j.internal.thread;

import org.jspecify.annotations.NullMarked;
