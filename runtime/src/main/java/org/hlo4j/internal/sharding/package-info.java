/** How a tensor's elements are spread over devices. */
@NullMarked
package org.hlo4j.internal.sharding;

import org.jspecify.annotations.NullMarked;
