/** The plans of programs and their stubs. */
@NullMarked
package org.hlo4j.processor.plan;

import org.jspecify.annotations.NullMarked;
