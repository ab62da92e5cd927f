/** Child processes. */
@NullMarked
package org.hlo4j.internal.process;

import org.jspecify.annotations.NullMarked;
