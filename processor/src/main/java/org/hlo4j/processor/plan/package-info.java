/** What a program becomes, and what its stub must do with each value. */
@NullMarked
package org.hlo4j.processor.plan;

import org.jspecify.annotations.NullMarked;
