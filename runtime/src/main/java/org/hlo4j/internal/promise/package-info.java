/** Promises over completions that come from the device, and the futures that users get of them. */
@NullMarked
package org.hlo4j.internal.promise;

import org.jspecify.annotations.NullMarked;
