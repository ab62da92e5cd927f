/** Programs that are wrong in small ways: what javac lets through, XLA accepts. */
@NullMarked
package org.hlo4j.tests.mutation;

import org.jspecify.annotations.NullMarked;
