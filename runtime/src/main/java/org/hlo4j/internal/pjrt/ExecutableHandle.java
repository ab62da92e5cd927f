package org.hlo4j.internal.pjrt;

import java.lang.foreign.MemorySegment;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.function.Supplier;
import org.hlo4j.error.PjrtException;
import org.hlo4j.internal.pjrt.abi.PJRT_LoadedExecutable_Destroy_Args;
import org.hlo4j.internal.pjrt.abi.PjrtFunction;
import org.jspecify.annotations.Nullable;

/** Owns an executable that is loaded on one device, or on several. */
public final class ExecutableHandle extends NativeHandle {
  /**
   * What a call has started on one of several devices.
   *
   * @param complete when it has ended
   */
  public record Launch(List<BufferHandle> outputs, CompletableFuture<Void> complete) {}

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
    client.enterAgain();
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

  /** Native structs for calls. The caller has entered this executable, now and for each call. */
  public synchronized CallFrame newFrame(int numArguments) {
    if (first == null) {
      return new CallFrame(client, address(), 0, numArguments, outputs.size());
    }
    CallFrame frame = new CallFrame(client, address(), 1, numArguments, outputs.size());
    frame.passFirst(first);
    return frame;
  }

  /**
   * Has each call pass a buffer before its arguments, unless one was given before. The caller has
   * entered this executable.
   *
   * @param maker makes the buffer and enters it; this executable leaves it at its end
   */
  public synchronized void passFirst(Supplier<BufferHandle> maker) {
    if (first == null) {
      first = maker.get();
    }
  }

  /**
   * Starts the program on all of its devices at once. The caller has entered this executable and
   * all arguments, and has checked number, types and shapes for each device: where one is refused,
   * the others may wait for it until the plugin ends the process.
   *
   * @param rows the arguments of each device, in the order of the device assignment
   * @param kept the arguments that keep their memory, though the program would take it
   * @return what was started on each device, with when it has ended
   */
  public List<Launch> executeAll(BufferHandle[][] rows, int[] kept) {
    return new GroupLaunch(client, outputs.size()).start(address(), rows, kept);
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
