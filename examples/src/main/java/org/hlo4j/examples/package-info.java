/** Starts the examples by their names; each lies in a package of its own. */
@NullMarked
package org.hlo4j.examples;

import org.jspecify.annotations.NullMarked;
