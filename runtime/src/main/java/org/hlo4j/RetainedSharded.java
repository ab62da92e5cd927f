package org.hlo4j;

import org.hlo4j.internal.buffer.RetainedArgument;
import org.hlo4j.internal.buffer.ShardSet;
import org.hlo4j.type.Element;

/** A tensor on a group of devices that a call may not take away, though it would. */
final class RetainedSharded<T extends Element> extends Sharded<T> {
  private final Sharded<T> sharded;
  private final RetainedArgument argument;

  RetainedSharded(Sharded<T> sharded) {
    this.sharded = sharded;
    this.argument = new RetainedArgument(sharded.state());
  }

  @Override
  ShardSet state() {
    return sharded.state();
  }

  @Override
  RetainedArgument argument() {
    return argument;
  }

  @Override
  public DeviceGroup group() {
    return sharded.group();
  }

  @Override
  public Sharded<T> retained() {
    return this;
  }

  @Override
  public Sharded<T> replica(int replica) {
    return sharded.replica(replica).retained();
  }

  @Override
  public <S extends Element> Sharded<S> as(Class<S> type) {
    return sharded.as(type).retained();
  }

  @Override
  public String toString() {
    return sharded.toString();
  }
}
