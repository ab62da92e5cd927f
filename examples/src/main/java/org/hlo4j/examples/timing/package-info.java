/** Times an example and its peers in the same run. */
@NullMarked
package org.hlo4j.examples.timing;

import org.jspecify.annotations.NullMarked;
