/**
 * Four devices in a ring: collectives that overlap other work, as pipelines. {@link
 * org.hlo4j.examples.ring.GoAround} runs them all.
 */
@NullMarked
package org.hlo4j.examples.ring;

import org.jspecify.annotations.NullMarked;
