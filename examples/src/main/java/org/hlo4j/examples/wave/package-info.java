/**
 * Waves that go through two slits: a wave equation in a loop that copies nothing, as an animation.
 * {@link org.hlo4j.examples.wave.TwoSlits} runs it.
 */
@NullMarked
package org.hlo4j.examples.wave;

import org.jspecify.annotations.NullMarked;
