/** Writers for each file format. */
@NullMarked
package org.hlo4j.data.internal.write;

import org.jspecify.annotations.NullMarked;
