/** The rules, one class each: they report the problems of a kernel, and never print. */
@NullMarked
package org.hlo4j.processor.check;

import org.jspecify.annotations.NullMarked;
