/** Completions of work, the futures of promises, and lazily created values. */
@NullMarked
package org.hlo4j.internal.promise;

import org.jspecify.annotations.NullMarked;
