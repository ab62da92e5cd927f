package org.hlo4j.internal.buffer;

import org.hlo4j.error.BufferStateException;
import org.hlo4j.internal.device.GroupContext;
import org.hlo4j.internal.sharding.Tiling;
import org.hlo4j.type.Shape;

/** A tensor on one device, or on a group of devices. Safe for use by many threads. */
public sealed interface ArrayState extends Argument permits BufferState, ShardSet {
  /** The element type and dimensions of the whole tensor. */
  Shape shape();

  GroupContext group();

  /** Which part of the tensor each partition has. */
  Tiling tiling();

  /**
   * The buffer on a device, by its place in the group. It need not be ready, and may be deferred.
   */
  BufferState shardAt(int place);

  /**
   * Another holder of the same buffers, each of which is deferred if this one's is.
   *
   * @throws BufferStateException if one was closed or given away, or a call is just taking it
   */
  ArrayState share();

  /** A call or a variable has taken the buffers away; the next use names it. */
  void spend(CallSite by);

  boolean isClosed();

  /** Releases the holds on the buffers. Closing again does nothing. */
  void close();

  /** The type and where it is. */
  String description();

  @Override
  default ArrayState value() {
    return this;
  }
}
