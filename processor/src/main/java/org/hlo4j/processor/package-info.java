/** The annotation processor: javac's rounds, and the printing of problems. */
@NullMarked
package org.hlo4j.processor;

import org.jspecify.annotations.NullMarked;
