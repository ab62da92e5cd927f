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

/** Owns an executable that is loaded on one device, or on several. */
public final class ExecutableHandle extends NativeHandle {
  private final ClientHandle client;
  private final List<String> outputs;
  private final @Nullable MemoryUse memoryUse;

  /** What each call passes before its arguments, if anything. */
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

  /** The types of the outputs, in order, as StableHLO writes them. */
  public List<String> outputs() {
    return outputs;
  }

  /** What a call needs, or null if the plugin does not say. */
  public @Nullable MemoryUse memoryUse() {
    return memoryUse;
  }

  /**
   * Native structs for calls. The caller has entered this executable, now and for each call.
   *
   * @param devices the number of devices that it was compiled for
   * @param numArguments how many arguments each device has
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
   * Has each call on one device pass a buffer before its arguments, unless one was given before.
   * The caller has entered this executable.
   *
   * @param maker makes the buffer and enters it; this executable leaves it at its end
   */
  public synchronized void passFirst(Supplier<BufferHandle> maker) {
    if (first == null) {
      first = maker.get();
    }
  }

  /**
   * How XLA has spread the program over its partitions. The caller has entered this executable.
   *
   * @throws IllegalArgumentException if that cannot be told
   */
  public SpmdShardings spmdShardings(int partitions) {
    return SpmdShardings.read(
        ExecutableFacts.of(client.api(), address(), ExecutableFacts::optimizedProgram), partitions);
  }

  /**
   * The executable as bytes that {@link ClientHandle#load} takes. The caller has entered this
   * executable.
   */
  public byte[] serialize() {
    return ExecutableFacts.of(client.api(), address(), ExecutableFacts::serialized);
  }

  /** The program as XLA runs it. The caller has entered this executable. */
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
