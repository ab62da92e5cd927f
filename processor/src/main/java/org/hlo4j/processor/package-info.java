/** The annotation processor: javac's rounds, and the printing of what the checks have found. */
@NullMarked
package org.hlo4j.processor;

import org.jspecify.annotations.NullMarked;
