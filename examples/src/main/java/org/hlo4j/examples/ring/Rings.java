package org.hlo4j.examples.ring;

import org.hlo4j.Sharded;
import org.hlo4j.ShardedBuffer;
import org.hlo4j.annotation.Donated;
import org.hlo4j.annotation.Kernel;
import org.hlo4j.annotation.Kernels;
import org.hlo4j.annotation.Pipeline;

/**
 * The programs of the design note on asynchronous operations in JAX's Pallas, on a ring of four
 * devices. What is written here is only what they compute: the order, the lifetimes and the double
 * buffers are hlo4j's.
 */
@Kernels
public interface Rings {
  /** What came, and what was computed meanwhile. */
  record Two(ShardedBuffer<Shard> y, ShardedBuffer<Shard> z) {}

  /** The same with two computations. */
  record Three(ShardedBuffer<Shard> y, ShardedBuffer<Shard> z, ShardedBuffer<Shard> w) {}

  /** To the next device, and from the last to the first. */
  @Kernel(
      value =
          """
          func.func @main(%x: tensor<4xf32>) -> tensor<4xf32> {
            %0 = "stablehlo.collective_permute"(%x) <{
                source_target_pairs = dense<[[0, 1], [1, 2], [2, 3], [3, 0]]> : tensor<4x2xi64>}>
                : (tensor<4xf32>) -> tensor<4xf32>
            return %0 : tensor<4xf32>
          }
          """,
      replicas = 4)
  ShardedBuffer<Shard> permute(Sharded<Shard> x);

  /** The program that adds one to each value. */
  String ADD_ONE =
      """
      func.func @main(%x: tensor<4xf32>) -> tensor<4xf32> {
        %one = stablehlo.constant dense<1.0> : tensor<4xf32>
        %0 = stablehlo.add %x, %one : tensor<4xf32>
        return %0 : tensor<4xf32>
      }
      """;

  @Kernel(value = ADD_ONE, replicas = 4)
  ShardedBuffer<Shard> addOne(Sharded<Shard> x);

  /** The same, into the memory of what it is given. */
  @Kernel(value = ADD_ONE, replicas = 4)
  ShardedBuffer<Shard> addOneInPlace(@Donated Sharded<Shard> x);

  @Kernel(
      value =
          """
          func.func @main(%x: tensor<4xf32>) -> tensor<4xf32> {
            %0 = stablehlo.add %x, %x : tensor<4xf32>
            return %0 : tensor<4xf32>
          }
          """,
      replicas = 4)
  ShardedBuffer<Shard> twice(Sharded<Shard> x);

  @Kernel(
      value =
          """
          func.func @main(%x: tensor<4xf32>, %y: tensor<4xf32>) -> tensor<4xf32> {
            %0 = stablehlo.add %x, %y : tensor<4xf32>
            return %0 : tensor<4xf32>
          }
          """,
      replicas = 4)
  ShardedBuffer<Shard> add(Sharded<Shard> x, Sharded<Shard> y);

  /** "Motivation": an addition runs while the permute is in flight. */
  @Pipeline(
      """
      fut = start permute(x)
      z = addOne(x)
      y = done fut
      return y, z
      """)
  Two overlap(Sharded<Shard> x);

  /** "Copies with downstream ops": what is being sent has other readers. */
  @Pipeline(
      """
      fut = start permute(x)
      z = addOne(x)
      w = twice(x)
      y = done fut
      return y, z, w
      """)
  Three secondConsumer(Sharded<Shard> x);

  /** "Defensive copies": what is overwritten in place has another reader. */
  @Pipeline(
      """
      y = addOneInPlace(x)
      z = twice(x)
      return y, z
      """)
  Two inPlace(@Donated Sharded<Shard> x);

  /** "Loop aliasing": each round receives what the next one sends. */
  @Pipeline(
      """
      repeat 8 (x) {
        fut = start permute(x)
        x = done fut
      }
      return x
      """)
  ShardedBuffer<Shard> ring(@Donated Sharded<Shard> x);

  /** "Passing futures across loop boundaries": a round ends what the one before it started. */
  @Pipeline(
      """
      fut = start permute(x)
      repeat 7 (fut) {
        x = done fut
        fut = start permute(x)
      }
      last = done fut
      return last
      """)
  ShardedBuffer<Shard> staggered(@Donated Sharded<Shard> x);

  /** "Putting it all together": what comes by is added up. */
  @Pipeline(
      """
      fut = start permute(x)
      out = add(zero, x)
      repeat 7 (out, fut) {
        x = done fut
        fut = start permute(x)
        out = add(out, x)
      }
      last = done fut
      return out, last
      """)
  Two accumulating(@Donated Sharded<Shard> x, @Donated Sharded<Shard> zero);

  /** "Revenge of the State": two variables send to each other. */
  @Pipeline(
      """
      a = ref x
      b = ref like x
      repeat 4 {
        fut = start permute(a -> b)
        done fut
        fut2 = start permute(b -> a)
        done fut2
      }
      return a
      """)
  ShardedBuffer<Shard> stateful(@Donated Sharded<Shard> x);

  /** The scratch buffer of two slots: each round sends from one and receives in the other. */
  @Pipeline(
      """
      slots = ref x, like x
      repeat 8 as i {
        fut = start permute(slots[i] -> slots[i + 1])
        done fut
      }
      return slots[0]
      """)
  ShardedBuffer<Shard> twoSlots(@Donated Sharded<Shard> x);
}
