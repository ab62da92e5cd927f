/**
 * The Mandelbrot set as a 4K picture, tile by tile on every core, beside the same in plain Java.
 * {@link org.hlo4j.examples.mandelbrot.DrawMandelbrot} runs it.
 */
@NullMarked
package org.hlo4j.examples.mandelbrot;

import org.jspecify.annotations.NullMarked;
