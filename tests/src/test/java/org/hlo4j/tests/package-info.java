/** What crosses modules: generated kernels against a real plugin, and the rules of the house. */
@NullMarked
package org.hlo4j.tests;

import org.jspecify.annotations.NullMarked;
