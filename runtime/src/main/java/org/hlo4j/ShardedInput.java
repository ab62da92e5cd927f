package org.hlo4j;

import java.util.List;
import org.hlo4j.error.ArgumentException;
import org.hlo4j.type.Element;
import org.hlo4j.type.Shape;

/**
 * An input of a program for several devices, which shards data as the program expects it. Safe for
 * use by multiple threads.
 *
 * <p>The data for the whole tensor has any form that {@link Device#put(Shape, Object)} accepts, and
 * may be modified once a method has returned. Methods throw {@link ArgumentException} if it does
 * not match the type.
 *
 * @param <T> the tensor type of the whole tensor
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

  /** Returns the devices. */
  public DeviceGroup group() {
    return group;
  }

  /** Returns the element type and dimensions of the whole tensor. */
  public Shape shape() {
    return shape;
  }

  /** Returns the sharding of the tensor over the devices of a replica. */
  public Sharding sharding() {
    return sharding;
  }

  /** Shards a tensor over the partitions, for every replica. Waits for the transfer. */
  public ShardedBuffer<T> put(Object data) {
    return putAsync(data).value();
  }

  /** Starts the transfer of {@link #put}. */
  public ShardedPromise<T> putAsync(Object data) {
    return group.send(shape, sharding, data);
  }

  /** Shards one tensor per replica over that replica's partitions. Waits for the transfers. */
  public ShardedBuffer<T> putEach(List<?> data) {
    return putEachAsync(data).value();
  }

  /** Starts the transfers of {@link #putEach}. */
  public ShardedPromise<T> putEachAsync(List<?> data) {
    return group.sendEach(shape, sharding, data);
  }

  /** Combines tensors that are already on the devices, like {@link DeviceGroup#join}. */
  public Sharded<T> join(List<? extends Tensor<?>> shards) {
    return group.join(shape, sharding, shards);
  }

  /** Returns a text such as {@code tensor<8x4xf32>, split 4, on [cpu:0, cpu:1, cpu:2, cpu:3]}. */
  @Override
  public String toString() {
    return "%s, %s, on %s".formatted(shape, sharding, group);
  }
}
