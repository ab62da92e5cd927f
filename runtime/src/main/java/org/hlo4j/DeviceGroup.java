package org.hlo4j;

import java.util.Arrays;
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
import org.hlo4j.internal.buffer.Argument;
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
 * Devices of one client that run a program together, in order: the partitions of the first replica,
 * then those of the second, and so on. Two groups are equal if they have the same devices in the
 * same order. Immutable; safe for use by many threads.
 *
 * <p>{@code put} spreads host data over the devices. The data is what {@link Device#put(Shape,
 * Object)} takes for the whole tensor; it may be changed as soon as {@code put} or {@code putAsync}
 * has returned. Each throws {@link ArgumentException} if the data does not fit the type, the type
 * not the sharding, or the sharding not the group; and {@link BufferStateException} if the client
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
   * A group of devices in the order that is given.
   *
   * @throws ArgumentException if there are none, one is there twice, or they are of several clients
   */
  public static DeviceGroup of(Device... devices) {
    return of(List.of(devices));
  }

  /** A group of devices, as {@link #of(Device...)} makes it. */
  public static DeviceGroup of(List<Device> devices) {
    if (devices.isEmpty()) {
      throw new ArgumentException("A group needs at least one device");
    }
    Set<Device> seen = new HashSet<>();
    for (Device device : devices) {
      if (device.client() != devices.get(0).client()) {
        throw new ArgumentException("%s is of another client than the others".formatted(device));
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

  /** The client whose devices these are. */
  public Pjrt client() {
    return devices.get(0).client();
  }

  /** The devices, in order. */
  public List<Device> devices() {
    return devices;
  }

  /** A device by its place, counted from 0. */
  public Device device(int place) {
    return devices.get(place);
  }

  /** The number of devices. */
  public int size() {
    return devices.size();
  }

  /** The devices of one replica, of a program with so many partitions. */
  DeviceGroup replica(int replica, int partitions) {
    return new DeviceGroup(
        devices.subList(replica * partitions, (replica + 1) * partitions),
        context.replica(replica, partitions));
  }

  /**
   * Spreads a tensor over the partitions of each replica: where the group has more devices than the
   * sharding, it is as many replicas, and each gets the same. Waits for the data to arrive.
   */
  public <T extends Element> ShardedBuffer<T> put(Class<T> type, Sharding sharding, Object data) {
    return putAsync(type, sharding, data).value();
  }

  /** Starts what {@link #put(Class, Sharding, Object)} does. */
  public <T extends Element> ShardedPromise<T> putAsync(
      Class<T> type, Sharding sharding, Object data) {
    return send(Shape.of(type), sharding, data);
  }

  /**
   * Spreads a host tensor as {@link #put(Class, Sharding, Object)} does. The host tensor is gone
   * then.
   *
   * @throws BufferStateException if it was closed or handed over before, or a native call uses its
   *     segment right now
   */
  public <T extends Element> ShardedBuffer<T> put(Sharding sharding, HostTensor<T> data) {
    return putAsync(sharding, data).value();
  }

  /** Starts what {@link #put(Sharding, HostTensor)} does. The host tensor is gone at once. */
  public <T extends Element> ShardedPromise<T> putAsync(Sharding sharding, HostTensor<T> data) {
    return ShardedPromise.created(
        ShardScatter.handOver(context, data.shape(), sharding.tiling(), data.handOver(this)), this);
  }

  /**
   * Spreads a tensor for each replica over that replica's partitions. Waits for the data to arrive.
   *
   * @param data one for each replica: the group has so many times the sharding's devices
   */
  public <T extends Element> ShardedBuffer<T> putEach(
      Class<T> type, Sharding sharding, List<?> data) {
    return putEachAsync(type, sharding, data).value();
  }

  /** Starts what {@link #putEach(Class, Sharding, List)} does. */
  public <T extends Element> ShardedPromise<T> putEachAsync(
      Class<T> type, Sharding sharding, List<?> data) {
    return sendEach(Shape.of(type), sharding, data);
  }

  /** As {@link #put(Class, Sharding, Object)}, for shapes that are known only at run time. */
  public ShardedBuffer<?> put(Shape shape, Sharding sharding, Object data) {
    return putAsync(shape, sharding, data).value();
  }

  /** Starts what {@link #put(Shape, Sharding, Object)} does. */
  public ShardedPromise<?> putAsync(Shape shape, Sharding sharding, Object data) {
    return send(shape, sharding, data);
  }

  /** As {@link #putEach(Class, Sharding, List)}, for shapes that are known only at run time. */
  public ShardedBuffer<?> putEach(Shape shape, Sharding sharding, List<?> data) {
    return putEachAsync(shape, sharding, data).value();
  }

  /** Starts what {@link #putEach(Shape, Sharding, List)} does. */
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
   * Takes tensors that are on the devices already for the parts of one. Closing either closes both.
   *
   * @param shards one for each device of the group, in order
   * @throws ArgumentException if there are not as many, or one is on another device or of another
   *     shape than it has to be
   */
  public <T extends Element> Sharded<T> join(
      Class<T> type, Sharding sharding, List<? extends Tensor<?>> shards) {
    return join(Shape.of(type), sharding, shards);
  }

  /** As {@link #join(Class, Sharding, List)}, for shapes that are known only at run time. */
  public <T extends Element> Sharded<T> join(
      Shape shape, Sharding sharding, List<? extends Tensor<?>> shards) {
    int unused = context.replicas(sharding.tiling());
    Shape shardShape = sharding.shardShape(shape);
    if (shards.size() != size()) {
      throw new ArgumentException(
          String.format(
              Locale.ROOT,
              "%s has %d devices, and these are %d shards",
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
                "Shard %d belongs on %s, and is on %s",
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
   * An input of a program on these devices, which puts data onto them.
   *
   * @param <T> the tensor type, which the caller knows to be of the shape
   * @throws ArgumentException if the sharding does not fit the shape or the group
   */
  public <T extends Element> ShardedInput<T> input(Shape shape, Sharding sharding) {
    int unused = context.replicas(sharding.tiling());
    Shape unusedPart = sharding.shardShape(shape);
    return new ShardedInput<>(this, shape, sharding);
  }

  /**
   * Compiles a program for these devices, or returns the executable that an equal program already
   * has, as {@link Device#compile} does.
   *
   * @throws ArgumentException if the program runs on another number of devices
   * @throws CompilationException if the program is refused; the message shows its line
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
   * Loads a program that {@link Executable#serialize} has written, instead of compiling it; that
   * takes a small part of the time. The bytes are machine code: load only what you trust.
   *
   * @throws ArgumentException if it was compiled from another program, by another plugin, or for
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
   * Starts a program, which is compiled first if it was not yet: the call then waits for that, and
   * the caller does not. Only where XLA is to choose how an input or output is spread over the
   * partitions does the caller wait, since nobody knows the shapes of the shards before.
   *
   * @throws HloException as {@link Executable#start} does; what is wrong with the program is
   *     reported by the results
   */
  public Results start(Program program, DeviceArray<?>... arguments) {
    Completion<Executable> compiling = compiling(program);
    return compiling.isReady()
        ? compiling.value().start(arguments)
        : startDeferred(compiling.whenDone(), program, arguments)
            .orElseGet(() -> compiling.value().start(arguments));
  }

  /** Starts a program that is being compiled, if it says how its inputs and outputs are spread. */
  Optional<Results> startDeferred(
      CompletableFuture<Executable> compiling, Program program, DeviceArray<?>... arguments) {
    return LoadedExecutable.startDeferred(
            compiling.thenApply(Executable::loaded),
            program.body(),
            context,
            Arrays.stream(arguments).map(DeviceArray::argumentOf).toArray(Argument[]::new))
        .map(results -> Results.created(results, this));
  }

  /** As messages name it: a device alone without brackets. */
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

  /** The devices, such as {@code [cpu:0, cpu:1]}. */
  @Override
  public String toString() {
    return context.toString();
  }
}
