/** The processor under javac: what it refuses, what it generates, and how it behaves in a build. */
@NullMarked
package org.hlo4j.tests.compile;

import org.jspecify.annotations.NullMarked;
