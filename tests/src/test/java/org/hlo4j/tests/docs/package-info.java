/** What the pages say is true: their code is compiled and run, and their links lead somewhere. */
@NullMarked
package org.hlo4j.tests.docs;

import org.jspecify.annotations.NullMarked;
