/** Keeps what is costly to make in a folder of the user, where other processes find it. */
@NullMarked
package org.hlo4j.internal.cache;

import org.jspecify.annotations.NullMarked;
