/** What the examples draw with: a pen font, colours, axes, and the writing of pictures. */
@NullMarked
package org.hlo4j.examples.drawing;

import org.jspecify.annotations.NullMarked;
