/** The declarations that a body uses, in javac's model. */
@NullMarked
package org.hlo4j.processor.donation.source;

import org.jspecify.annotations.NullMarked;
