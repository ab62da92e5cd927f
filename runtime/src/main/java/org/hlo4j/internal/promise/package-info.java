/** The futures that users get of promises, and values that are made once. */
@NullMarked
package org.hlo4j.internal.promise;

import org.jspecify.annotations.NullMarked;
