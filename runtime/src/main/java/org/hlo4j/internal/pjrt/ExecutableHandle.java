package org.hlo4j.internal.pjrt;

import java.lang.foreign.MemorySegment;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.atomic.AtomicReferenceArray;
import org.hlo4j.error.PjrtException;
import org.hlo4j.internal.pjrt.abi.PJRT_LoadedExecutable_Destroy_Args;
import org.hlo4j.internal.pjrt.abi.PjrtFunction;
import org.jspecify.annotations.Nullable;

/** Owns an executable that is loaded on one device. */
public final class ExecutableHandle extends NativeHandle {
  private static final int FRAMES = 16;

  /**
   * What a call has started.
   *
   * @param complete for a program without outputs, when it has ended; otherwise null
   */
  public record Launch(List<BufferHandle> outputs, @Nullable CompletableFuture<Void> complete) {}

  private final ClientHandle client;
  private final List<String> outputs;
  private final @Nullable MemoryUse memoryUse;
  private final AtomicReferenceArray<@Nullable CallFrame> frames =
      new AtomicReferenceArray<>(FRAMES);

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

  /**
   * Starts the program. The caller has entered this executable and all arguments, and has checked
   * their number, types and shapes, which PJRT does not.
   *
   * @param kept the arguments that keep their memory, though the program would take it
   */
  public Launch execute(BufferHandle[] arguments, int[] kept) {
    Api api = client.api();
    int slot = (int) Thread.currentThread().threadId() & (FRAMES - 1);
    CallFrame free = frames.getAndSet(slot, null);
    CallFrame frame =
        free != null ? free : new CallFrame(address(), arguments.length, outputs.size());
    try {
      for (int i = 0; i < arguments.length; i++) {
        frame.setArgument(i, arguments[i].address());
      }
      frame.keep(kept);
      api.call(PjrtFunction.PJRT_LoadedExecutable_Execute, frame.args());
      BufferHandle[] results = new BufferHandle[outputs.size()];
      for (int i = 0; i < results.length; i++) {
        results[i] = BufferHandle.adopt(client, frame.output(i));
      }
      CompletableFuture<Void> complete =
          results.length == 0 ? Events.whenReady(client, "execution", frame.completeEvent()) : null;
      return new Launch(List.of(results), complete);
    } finally {
      frames.set(slot, frame);
    }
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
      api.call(PjrtFunction.PJRT_LoadedExecutable_Destroy, args);
    }
  }

  @Override
  void destroy(long address) {
    try {
      destroyLoaded(client.api(), address);
    } finally {
      client.forget(this);
    }
  }
}
