/** Checks whether a machine can build and run programs that use hlo4j. */
@NullMarked
package org.hlo4j.cli.doctor;

import org.jspecify.annotations.NullMarked;
