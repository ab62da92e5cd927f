/** A disk cache in a user's folder, shared between processes. */
@NullMarked
package org.hlo4j.internal.cache;

import org.jspecify.annotations.NullMarked;
