/** The declarations that a body uses, as javac's model has them. */
@NullMarked
package org.hlo4j.processor.donation.source;

import org.jspecify.annotations.NullMarked;
