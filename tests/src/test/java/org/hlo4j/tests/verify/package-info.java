/** The verifier's children: real ones with a real plugin, and scripted ones that behave badly. */
@NullMarked
package org.hlo4j.tests.verify;

import org.jspecify.annotations.NullMarked;
