/** One class a rule: each looks at a kernel and reports what is wrong; none prints. */
@NullMarked
package org.hlo4j.processor.check;

import org.jspecify.annotations.NullMarked;
