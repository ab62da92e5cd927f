/** Goals that make Maven recompile when a program has changed. */
@NullMarked
package org.hlo4j.maven;

import org.jspecify.annotations.NullMarked;
