package org.hlo4j;

import java.util.HashSet;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import org.hlo4j.error.ArgumentException;
import org.hlo4j.error.BufferStateException;
import org.hlo4j.error.CompilationException;
import org.hlo4j.error.HloException;
import org.hlo4j.internal.buffer.BufferState;
import org.hlo4j.internal.buffer.ShardSet;
import org.hlo4j.internal.call.LoadedExecutable;
import org.hlo4j.internal.device.GroupContext;
import org.hlo4j.internal.pjrt.ExecutableHandle;
import org.hlo4j.internal.promise.Completion;
import org.hlo4j.internal.transfer.ShardScatter;
import org.hlo4j.type.Element;
import org.hlo4j.type.Shape;
import org.jspecify.annotations.Nullable;

/**
 * An ordered list of devices of one client that run a program together: the partitions of the first
 * replica, then those of the second, and so on. Two groups are equal if they have the same devices
 * in the same order. Immutable; safe for use by multiple threads.
 *
 * <p>{@code put} shards host data over the devices. The data for the whole tensor has any form that
 * {@link Device#put(Shape, Object)} accepts, and may be modified once {@code put} or {@code
 * putAsync} has returned. Both throw {@link ArgumentException} if the data does not match the type,
 * the type the sharding, or the sharding the group, and {@link BufferStateException} if the client
 * was closed.
 */
public final class DeviceGroup {
  private final List<Device> devices;
  private final GroupContext context;

  DeviceGroup(List<Device> devices, GroupContext context) {
    this.devices = List.copyOf(devices);
    this.context = context;
  }

  /**
   * Returns a group of devices in the given order.
   *
   * @throws ArgumentException if it is empty or has duplicates or devices of several clients
   */
  public static DeviceGroup of(Device... devices) {
    return of(List.of(devices));
  }

  /** Returns a group of devices, like {@link #of(Device...)}. */
  public static DeviceGroup of(List<Device> devices) {
    if (devices.isEmpty()) {
      throw new ArgumentException("A group needs at least one device");
    }
    Set<Device> seen = new HashSet<>();
    for (Device device : devices) {
      if (device.client() != devices.get(0).client()) {
        throw new ArgumentException(
            "%s belongs to another client than the others".formatted(device));
      }
      if (!seen.add(device)) {
        throw new ArgumentException("%s is in the group twice".formatted(device));
      }
    }
    return new DeviceGroup(
        devices, new GroupContext(devices.stream().map(Device::context).toList()));
  }

  GroupContext context() {
    return context;
  }

  /** Returns the client of the devices. */
  public Pjrt client() {
    return devices.get(0).client();
  }

  /** Returns the devices, in order. */
  public List<Device> devices() {
    return devices;
  }

  /** Returns a device by its index in the group, from 0. */
  public Device device(int place) {
    return devices.get(place);
  }

  /** Returns the number of devices. */
  public int size() {
    return devices.size();
  }

  /** Returns the devices of one replica of a program with the given number of partitions. */
  DeviceGroup replica(int replica, int partitions) {
    return new DeviceGroup(
        devices.subList(replica * partitions, (replica + 1) * partitions),
        context.replica(replica, partitions));
  }

  /**
   * Shards a tensor over the partitions of each replica and waits for the transfer. The number of
   * replicas is the size of the group divided by that of the sharding; all get the same data.
   */
  public <T extends Element> ShardedBuffer<T> put(Class<T> type, Sharding sharding, Object data) {
    return putAsync(type, sharding, data).value();
  }

  /** Starts the transfer of {@link #put(Class, Sharding, Object)}. */
  public <T extends Element> ShardedPromise<T> putAsync(
      Class<T> type, Sharding sharding, Object data) {
    return send(Shape.of(type), sharding, data);
  }

  /**
   * Shards a host tensor like {@link #put(Class, Sharding, Object)}. The host tensor may not be
   * used afterwards.
   *
   * @throws BufferStateException if it was closed or handed over before, or a native call is using
   *     its segment
   */
  public <T extends Element> ShardedBuffer<T> put(Sharding sharding, HostTensor<T> data) {
    return putAsync(sharding, data).value();
  }

  /**
   * Starts the transfer of {@link #put(Sharding, HostTensor)}. The host tensor may not be used
   * afterwards.
   */
  public <T extends Element> ShardedPromise<T> putAsync(Sharding sharding, HostTensor<T> data) {
    return ShardedPromise.created(
        ShardScatter.handOver(context, data.shape(), sharding.tiling(), data.handOver(this)), this);
  }

  /**
   * Shards one tensor per replica over that replica's partitions. Waits for the transfer.
   *
   * @param data one tensor per replica, whose number is the group's size over the sharding's
   */
  public <T extends Element> ShardedBuffer<T> putEach(
      Class<T> type, Sharding sharding, List<?> data) {
    return putEachAsync(type, sharding, data).value();
  }

  /** Starts the transfer of {@link #putEach(Class, Sharding, List)}. */
  public <T extends Element> ShardedPromise<T> putEachAsync(
      Class<T> type, Sharding sharding, List<?> data) {
    return sendEach(Shape.of(type), sharding, data);
  }

  /** Like {@link #put(Class, Sharding, Object)}, for shapes known only at run time. */
  public ShardedBuffer<?> put(Shape shape, Sharding sharding, Object data) {
    return putAsync(shape, sharding, data).value();
  }

  /** Starts the transfer of {@link #put(Shape, Sharding, Object)}. */
  public ShardedPromise<?> putAsync(Shape shape, Sharding sharding, Object data) {
    return send(shape, sharding, data);
  }

  /** Like {@link #putEach(Class, Sharding, List)}, for shapes known only at run time. */
  public ShardedBuffer<?> putEach(Shape shape, Sharding sharding, List<?> data) {
    return putEachAsync(shape, sharding, data).value();
  }

  /** Starts the transfer of {@link #putEach(Shape, Sharding, List)}. */
  public ShardedPromise<?> putEachAsync(Shape shape, Sharding sharding, List<?> data) {
    return sendEach(shape, sharding, data);
  }

  <T extends Element> ShardedPromise<T> send(Shape shape, Sharding sharding, Object data) {
    return ShardedPromise.created(
        ShardScatter.putSame(context, shape, sharding.tiling(), data), this);
  }

  <T extends Element> ShardedPromise<T> sendEach(Shape shape, Sharding sharding, List<?> data) {
    return ShardedPromise.created(
        ShardScatter.putEach(context, shape, sharding.tiling(), data), this);
  }

  /**
   * Combines tensors that are already on the devices into one sharded tensor. Both share memory:
   * closing one closes the other.
   *
   * @param shards one per device of the group, in order
   * @throws ArgumentException if their number, or the device or shape of one, does not match
   */
  public <T extends Element> Sharded<T> join(
      Class<T> type, Sharding sharding, List<? extends Tensor<?>> shards) {
    return join(Shape.of(type), sharding, shards);
  }

  /** Like {@link #join(Class, Sharding, List)}, for shapes known only at run time. */
  public <T extends Element> Sharded<T> join(
      Shape shape, Sharding sharding, List<? extends Tensor<?>> shards) {
    int unused = context.replicas(sharding.tiling());
    Shape shardShape = sharding.shardShape(shape);
    if (shards.size() != size()) {
      throw new ArgumentException(
          String.format(
              Locale.ROOT,
              "%s has %d devices, but there are %d shards",
              this,
              size(),
              shards.size()));
    }
    for (int i = 0; i < shards.size(); i++) {
      Tensor<?> shard = shards.get(i);
      if (!shard.shape().equals(shardShape)) {
        throw new ArgumentException(
            String.format(
                Locale.ROOT,
                "Shard %d of a %s, %s, is a %s, not a %s",
                i,
                shape,
                sharding,
                shardShape,
                shard.shape()));
      }
      if (shard.device() != devices.get(i)) {
        throw new ArgumentException(
            String.format(
                Locale.ROOT,
                "Shard %d must be on %s, but is on %s",
                i,
                devices.get(i),
                where(shard.device())));
      }
    }
    BufferState[] buffers = shards.stream().map(Tensor::state).toArray(BufferState[]::new);
    return new ShardedPromise<>(new ShardSet(context, shape, sharding.tiling(), buffers), this);
  }

  private String where(Device device) {
    return device.client() == client() ? device.toString() : device + " of another client";
  }

  /**
   * Returns an input of a program on these devices, which shards data for it.
   *
   * @param <T> the tensor type, which the caller knows to be of the shape
   * @throws ArgumentException if the sharding does not match the shape or the group
   */
  public <T extends Element> ShardedInput<T> input(Shape shape, Sharding sharding) {
    int unused = context.replicas(sharding.tiling());
    Shape unusedPart = sharding.shardShape(shape);
    return new ShardedInput<>(this, shape, sharding);
  }

  /**
   * Compiles a program for these devices, or returns the existing executable of an equal program,
   * as {@link Device#compile} does.
   *
   * @throws ArgumentException if the program runs on another number of devices
   * @throws CompilationException if the program is rejected; the message shows the line
   */
  public Executable compile(Program program) {
    return compileAsync(program).value();
  }

  /** Starts compiling a program for these devices, as {@link #compile} does. */
  public Promise<Executable> compileAsync(Program program) {
    return new FuturePromise<>(compiling(program));
  }

  private Completion<Executable> compiling(Program program) {
    return named(
        program,
        client()
            .compilations()
            .compile(program.body(), context, (handle, forget) -> own(program, handle, forget)));
  }

  private Executable own(Program program, ExecutableHandle handle, Runnable forget) {
    return new Executable(
        program, this, new LoadedExecutable(program.body(), context, handle), forget);
  }

  private static Completion<Executable> named(
      Program program, CompletableFuture<Executable> future) {
    return new Completion<>(
        future, () -> future.join().under(program), "compiling " + program.name());
  }

  /**
   * Loads a program serialized by {@link Executable#serialize}, which is much faster than compiling
   * it. The bytes contain machine code: load them only from a trusted source.
   *
   * @throws ArgumentException if they were compiled from another program, by another plugin, or for
   *     another machine or other devices
   */
  public Executable load(Program program, SerializedExecutable serialized) {
    return named(
            program,
            client()
                .compilations()
                .load(
                    program.body(),
                    context,
                    serialized.image(),
                    (handle, forget) -> own(program, handle, forget)))
        .value();
  }

  /**
   * Starts a program, compiling it first if necessary. The call waits for the compilation; the
   * caller does not, unless XLA chooses the sharding of an input or output, since the shapes of the
   * shards are unknown until then.
   *
   * @throws HloException as {@link Executable#start} does; the results report errors in the program
   */
  public Results start(Program program, DeviceArray<?>... arguments) {
    Completion<Executable> compiling = compiling(program);
    return compiling.isReady()
        ? compiling.value().start(arguments)
        : startDeferred(compiling.whenDone(), program, arguments)
            .orElseGet(() -> compiling.value().start(arguments));
  }

  /**
   * Starts a program that is being compiled, if it declares the shardings of its inputs and
   * outputs.
   */
  Optional<Results> startDeferred(
      CompletableFuture<Executable> compiling, Program program, DeviceArray<?>... arguments) {
    return LoadedExecutable.startDeferred(
            compiling.thenApply(Executable::loaded),
            program.body(),
            context,
            DeviceArray.argumentsOf(arguments))
        .map(results -> Results.created(results, this));
  }

  /** Returns the name for messages; that of a single device has no brackets. */
  String name() {
    return context.name();
  }

  @Override
  public boolean equals(@Nullable Object other) {
    return other instanceof DeviceGroup that && context.equals(that.context);
  }

  @Override
  public int hashCode() {
    return context.hashCode();
  }

  /** Returns the devices, such as {@code [cpu:0, cpu:1]}. */
  @Override
  public String toString() {
    return context.toString();
  }
}
