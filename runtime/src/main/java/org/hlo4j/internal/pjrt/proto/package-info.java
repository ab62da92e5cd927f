/** XLA's protocol buffers: compile options are written, and compiled programs are read. */
@NullMarked
package org.hlo4j.internal.pjrt.proto;

import org.jspecify.annotations.NullMarked;
