/** XLA's protocol buffers: writes compile options, and reads compiled programs. */
@NullMarked
package org.hlo4j.internal.pjrt.proto;

import org.jspecify.annotations.NullMarked;
