/**
 * A network that was trained and exported by JAX, served over HTTP: requests that come at the same
 * time run as one batch.
 */
@NullMarked
package org.hlo4j.examples.serve;

import org.jspecify.annotations.NullMarked;
