package org.hlo4j;

import java.util.List;
import org.hlo4j.error.ArgumentException;
import org.hlo4j.type.Element;
import org.hlo4j.type.Shape;

/**
 * An input of a program for several devices: it knows how the program wants its data to be spread.
 * Safe for use by many threads.
 *
 * <p>The data is what {@link Device#put(Shape, Object)} takes for the whole tensor; it may be
 * changed as soon as a method has returned. Each throws {@link ArgumentException} if the data does
 * not fit the type.
 *
 * @param <T> the tensor type, of the whole tensor
 */
public final class ShardedInput<T extends Element> {
  private final DeviceGroup group;
  private final Shape shape;
  private final Sharding sharding;

  ShardedInput(DeviceGroup group, Shape shape, Sharding sharding) {
    this.group = group;
    this.shape = shape;
    this.sharding = sharding;
  }

  /** The devices. */
  public DeviceGroup group() {
    return group;
  }

  /** The element type and dimensions of the whole tensor. */
  public Shape shape() {
    return shape;
  }

  /** Which part of the tensor each device of a replica gets. */
  public Sharding sharding() {
    return sharding;
  }

  /** Spreads a tensor over the partitions; each replica gets the same. Waits for it to arrive. */
  public ShardedBuffer<T> put(Object data) {
    return putAsync(data).value();
  }

  /** Starts what {@link #put} does. */
  public ShardedPromise<T> putAsync(Object data) {
    return group.send(shape, sharding, data);
  }

  /** Spreads a tensor for each replica over that replica's partitions. Waits for all to arrive. */
  public ShardedBuffer<T> putEach(List<?> data) {
    return putEachAsync(data).value();
  }

  /** Starts what {@link #putEach} does. */
  public ShardedPromise<T> putEachAsync(List<?> data) {
    return group.sendEach(shape, sharding, data);
  }

  /** Takes tensors that are on the devices already, as {@link DeviceGroup#join} does. */
  public Sharded<T> join(List<? extends Tensor<?>> shards) {
    return group.join(shape, sharding, shards);
  }

  /** Such as {@code tensor<8x4xf32>, split 4, on [cpu:0, cpu:1, cpu:2, cpu:3]}. */
  @Override
  public String toString() {
    return "%s, %s, on %s".formatted(shape, sharding, group);
  }
}
