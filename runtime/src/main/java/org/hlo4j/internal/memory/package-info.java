/**
 * Native memory: how much tensors hold and may hold, how much the machine and the container still
 * have, what frees tensors that have become unreachable, and the pool for transfers.
 */
@NullMarked
package org.hlo4j.internal.memory;

import org.jspecify.annotations.NullMarked;
