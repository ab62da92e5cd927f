package org.hlo4j.internal.pjrt;

import java.lang.foreign.MemorySegment;
import java.util.List;
import java.util.function.Supplier;
import org.hlo4j.error.PjrtException;
import org.hlo4j.internal.pjrt.abi.PJRT_LoadedExecutable_Destroy_Args;
import org.hlo4j.internal.pjrt.abi.PjrtFunction;
import org.hlo4j.internal.pjrt.proto.HloModule;
import org.hlo4j.internal.pjrt.proto.SpmdShardings;
import org.jspecify.annotations.Nullable;

/** Owns an executable that is loaded on one or several devices. */
public final class ExecutableHandle extends NativeHandle {
  private final ClientHandle client;
  private final List<String> outputs;
  private final @Nullable MemoryUse memoryUse;

  /** The leading argument of each call, if any. */
  private @Nullable BufferHandle first;

  private ExecutableHandle(
      ClientHandle client, long address, List<String> outputs, @Nullable MemoryUse memoryUse) {
    super(address);
    this.client = client;
    this.outputs = outputs;
    this.memoryUse = memoryUse;
  }

  /** Takes ownership of an executable. The caller has entered the client. */
  static ExecutableHandle adopt(ClientHandle client, long address) {
    Api api = client.api();
    ExecutableHandle handle;
    try {
      handle =
          ExecutableFacts.of(
              api,
              address,
              facts -> new ExecutableHandle(client, address, facts.outputs(), facts.memoryUse()));
    } catch (PjrtException e) {
      destroyLoaded(api, address);
      throw e;
    }
    client.retain();
    client.adopt(handle);
    return handle;
  }

  /** Returns the types of the outputs, in order, in StableHLO syntax. */
  public List<String> outputs() {
    return outputs;
  }

  /** Returns the memory use of a call, or null if the plugin does not report it. */
  public @Nullable MemoryUse memoryUse() {
    return memoryUse;
  }

  /**
   * Returns native structs for calls. The caller enters this executable, now and for each call.
   *
   * @param devices the number of devices that it was compiled for
   * @param numArguments the number of arguments per device
   */
  public synchronized CallFrame newFrame(int devices, int numArguments) {
    int numFirst = first == null ? 0 : 1;
    CallFrame frame =
        new CallFrame(client, address(), devices, numFirst, numArguments, outputs.size());
    if (first != null) {
      frame.passFirst(first);
    }
    return frame;
  }

  /**
   * Makes each call on one device pass a leading buffer, unless one is already set. The caller has
   * entered this executable.
   *
   * @param maker creates and enters the buffer, which this executable releases at its end
   */
  public synchronized void passFirst(Supplier<BufferHandle> maker) {
    if (first == null) {
      first = maker.get();
    }
  }

  /**
   * Returns XLA's shardings of the program. The caller has entered this executable.
   *
   * @throws IllegalArgumentException if they cannot be represented
   */
  public SpmdShardings spmdShardings(int partitions) {
    return SpmdShardings.read(
        ExecutableFacts.of(client.api(), address(), ExecutableFacts::optimizedProgram), partitions);
  }

  /** Serializes the executable for {@link ClientHandle#load}. The caller has entered it. */
  public byte[] serialize() {
    return ExecutableFacts.of(client.api(), address(), ExecutableFacts::serialized);
  }

  /** Returns the optimized program. The caller has entered this executable. */
  public HloModule optimizedProgram() {
    return HloModule.read(
        ExecutableFacts.of(client.api(), address(), ExecutableFacts::optimizedProgram));
  }

  private static void destroyLoaded(Api api, long loaded) {
    try (Scratch scratch = Scratch.take()) {
      MemorySegment args = PJRT_LoadedExecutable_Destroy_Args.allocate(scratch);
      PJRT_LoadedExecutable_Destroy_Args.executable(args, loaded);
      api.destroy(PjrtFunction.PJRT_LoadedExecutable_Destroy, args);
    }
  }

  @Override
  void destroy(long address) {
    try {
      destroyLoaded(client.api(), address);
    } finally {
      releaseFirst();
      client.forget(this);
    }
  }

  private synchronized void releaseFirst() {
    if (first != null) {
      first.release();
    }
  }
}
