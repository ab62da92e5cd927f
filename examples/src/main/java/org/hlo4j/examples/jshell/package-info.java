/** The vignette as a script for JShell. */
@NullMarked
package org.hlo4j.examples.jshell;

import org.jspecify.annotations.NullMarked;
