/** Names in messages. */
@NullMarked
package org.hlo4j.internal.text;

import org.jspecify.annotations.NullMarked;
