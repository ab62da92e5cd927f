/**
 * Native memory: the amounts that tensors hold, the limits, the memory available to the process,
 * the clean-up of unreachable tensors, and the pool for transfers.
 */
@NullMarked
package org.hlo4j.internal.memory;

import org.jspecify.annotations.NullMarked;
