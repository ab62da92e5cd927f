package org.hlo4j.internal.buffer;

import org.hlo4j.error.BufferStateException;
import org.hlo4j.internal.device.GroupContext;
import org.hlo4j.internal.sharding.Tiling;
import org.hlo4j.type.Shape;

/** A tensor on one device or on a group of devices. Safe for use by multiple threads. */
public sealed interface ArrayState extends Argument permits BufferState, ShardSet {
  /** Returns the element type and dimensions of the whole tensor. */
  Shape shape();

  GroupContext group();

  /** Returns the part of the tensor on each partition. */
  Tiling tiling();

  /** Returns the buffer on a device, by its index in the group. It may be pending or deferred. */
  BufferState shardAt(int place);

  /**
   * Returns another holder of the same buffers, each of which is deferred if this one's is.
   *
   * @throws BufferStateException if one was closed or donated, or is being donated
   */
  ArrayState share();

  /** Marks the buffers as consumed by a call or variable, which later uses name. */
  void spend(CallSite by);

  boolean isClosed();

  /** Releases the holds on the buffers. Idempotent. */
  void close();

  /** Returns the type and the location. */
  String description();

  @Override
  default ArrayState value() {
    return this;
  }
}
