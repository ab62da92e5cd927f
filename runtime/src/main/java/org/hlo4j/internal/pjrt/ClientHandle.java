package org.hlo4j.internal.pjrt;

import java.lang.foreign.Arena;
import java.lang.foreign.MemorySegment;
import java.lang.foreign.ValueLayout;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ConcurrentHashMap;
import org.hlo4j.error.BufferStateException;
import org.hlo4j.error.PjrtException;
import org.hlo4j.internal.memory.TrimOnRelease;
import org.hlo4j.internal.pjrt.abi.PJRT_Client_AddressableDevices_Args;
import org.hlo4j.internal.pjrt.abi.PJRT_Client_BufferFromHostBuffer_Args;
import org.hlo4j.internal.pjrt.abi.PJRT_Client_Compile_Args;
import org.hlo4j.internal.pjrt.abi.PJRT_Client_Create_Args;
import org.hlo4j.internal.pjrt.abi.PJRT_Client_Destroy_Args;
import org.hlo4j.internal.pjrt.abi.PJRT_Client_PlatformName_Args;
import org.hlo4j.internal.pjrt.abi.PJRT_Client_PlatformVersion_Args;
import org.hlo4j.internal.pjrt.abi.PJRT_Client_TopologyDescription_Args;
import org.hlo4j.internal.pjrt.abi.PJRT_Executable_DeserializeAndLoad_Args;
import org.hlo4j.internal.pjrt.abi.PJRT_NamedValue;
import org.hlo4j.internal.pjrt.abi.PJRT_NamedValue_Type;
import org.hlo4j.internal.pjrt.abi.PJRT_Program;
import org.hlo4j.internal.pjrt.abi.PJRT_TopologyDescription_Serialize_Args;
import org.hlo4j.internal.pjrt.abi.PjrtFunction;
import org.hlo4j.internal.pjrt.library.Malloc;
import org.hlo4j.internal.thread.ClientCount;
import org.jspecify.annotations.Nullable;

/**
 * Owns a client. It is destroyed once it is closed and its last buffer, executable and running
 * operation, which all retain it, is gone.
 */
public final class ClientHandle extends NativeHandle {
  private final Api api;
  private final Set<NativeHandle> children = ConcurrentHashMap.newKeySet();

  private ClientHandle(Api api, long address) {
    super(address);
    this.api = api;
  }

  /**
   * Creates a client.
   *
   * @param options PJRT's create options, of integers
   * @throws PjrtException if the plugin fails, for instance on an unknown option
   */
  public static ClientHandle create(Path library, Map<String, Long> options) {
    return create(Plugins.api(library), options);
  }

  /** Creates a client of a loaded plugin. */
  static ClientHandle create(Api api, Map<String, Long> options) {
    try (Arena arena = Arena.ofConfined()) {
      MemorySegment args = PJRT_Client_Create_Args.allocate(arena);
      PJRT_Client_Create_Args.create_options(args, namedValues(options, arena).address());
      PJRT_Client_Create_Args.num_options(args, options.size());
      api.call(PjrtFunction.PJRT_Client_Create, args);
      ClientHandle client = new ClientHandle(api, PJRT_Client_Create_Args.client(args));
      Malloc.keepFreedMemory();
      TrimOnRelease.trimBy(Malloc::trim);
      ClientCount.opened();
      return client;
    }
  }

  private static MemorySegment namedValues(Map<String, Long> options, Arena arena) {
    MemorySegment values =
        arena.allocate(PJRT_NamedValue.SIZEOF * Math.max(1, options.size()), Long.BYTES);
    long offset = 0;
    for (Map.Entry<String, Long> option : options.entrySet()) {
      MemorySegment value = values.asSlice(offset, PJRT_NamedValue.SIZEOF);
      MemorySegment name = arena.allocateFrom(option.getKey());
      PJRT_NamedValue.struct_size(value, PJRT_NamedValue.SIZEOF);
      PJRT_NamedValue.name(value, name.address());
      PJRT_NamedValue.name_size(value, name.byteSize() - 1);
      PJRT_NamedValue.type(value, PJRT_NamedValue_Type.PJRT_NamedValue_kInt64);
      value.set(ValueLayout.JAVA_LONG, PJRT_NamedValue.union$OFFSET, option.getValue());
      PJRT_NamedValue.value_size(value, 1);
      offset += PJRT_NamedValue.SIZEOF;
    }
    return values;
  }

  public Api api() {
    return api;
  }

  /** The client during an operation, which releases it at the end. */
  record Inside(long address, ClientHandle client) implements AutoCloseable {
    @Override
    public void close() {
      client.release();
    }
  }

  /**
   * Enters the client for an operation.
   *
   * @throws BufferStateException if it was closed
   */
  Inside enter() {
    if (!tryRetain()) {
      throw new BufferStateException("The client of " + api.library() + " was closed");
    }
    return new Inside(address(), this);
  }

  /** Registers a child, so that closing the client closes it. The child has entered the client. */
  void adopt(NativeHandle child) {
    children.add(child);
    if (isClosed()) {
      // The client was closed after the child was created, and missed it.
      child.close();
    }
  }

  /** Unregisters a destroyed child. */
  void forget(NativeHandle child) {
    children.remove(child);
    release();
  }

  public void closeExecutables() {
    children.forEach(NativeHandle::close);
  }

  /** Returns the name of the platform, such as {@code cpu} or {@code cuda}. */
  public String platformName() {
    try (Inside client = enter();
        Scratch scratch = Scratch.take()) {
      MemorySegment args = PJRT_Client_PlatformName_Args.allocate(scratch);
      PJRT_Client_PlatformName_Args.client(args, client.address());
      api.call(PjrtFunction.PJRT_Client_PlatformName, args);
      return Api.string(
          PJRT_Client_PlatformName_Args.platform_name(args),
          PJRT_Client_PlatformName_Args.platform_name_size(args));
    }
  }

  public String platformVersion() {
    try (Inside client = enter();
        Scratch scratch = Scratch.take()) {
      MemorySegment args = PJRT_Client_PlatformVersion_Args.allocate(scratch);
      PJRT_Client_PlatformVersion_Args.client(args, client.address());
      api.call(PjrtFunction.PJRT_Client_PlatformVersion, args);
      return Api.string(
          PJRT_Client_PlatformVersion_Args.platform_version(args),
          PJRT_Client_PlatformVersion_Args.platform_version_size(args));
    }
  }

  /** Returns the devices that this process can address, in PJRT's order. */
  public List<DeviceHandle> devices() {
    try (Inside client = enter();
        Scratch scratch = Scratch.take()) {
      MemorySegment args = PJRT_Client_AddressableDevices_Args.allocate(scratch);
      PJRT_Client_AddressableDevices_Args.client(args, client.address());
      api.call(PjrtFunction.PJRT_Client_AddressableDevices, args);
      return Api.list(
          PJRT_Client_AddressableDevices_Args.addressable_devices(args),
          PJRT_Client_AddressableDevices_Args.num_addressable_devices(args),
          device -> DeviceHandle.read(api, device));
    }
  }

  /**
   * Compiles a program. Blocks meanwhile.
   *
   * @param format PJRT's name of the program's format, such as {@code mlir}
   * @param options the bytes of a {@code CompileOptionsProto}
   */
  public ExecutableHandle compile(byte[] code, String format, byte[] options) {
    try (Inside client = enter();
        Arena arena = Arena.ofConfined()) {
      MemorySegment formatName = arena.allocateFrom(format);
      MemorySegment program = PJRT_Program.allocate(arena);
      PJRT_Program.code(program, bytes(code, arena).address());
      PJRT_Program.code_size(program, code.length);
      PJRT_Program.format(program, formatName.address());
      PJRT_Program.format_size(program, formatName.byteSize() - 1);
      MemorySegment args = PJRT_Client_Compile_Args.allocate(arena);
      PJRT_Client_Compile_Args.client(args, client.address());
      PJRT_Client_Compile_Args.program(args, program.address());
      PJRT_Client_Compile_Args.compile_options(args, bytes(options, arena).address());
      PJRT_Client_Compile_Args.compile_options_size(args, options.length);
      api.call(PjrtFunction.PJRT_Client_Compile, args);
      return ExecutableHandle.adopt(this, PJRT_Client_Compile_Args.executable(args));
    }
  }

  /** Loads a serialized executable. Blocks meanwhile. */
  public ExecutableHandle load(byte[] serialized) {
    try (Inside client = enter();
        Arena arena = Arena.ofConfined()) {
      MemorySegment args = PJRT_Executable_DeserializeAndLoad_Args.allocate(arena);
      PJRT_Executable_DeserializeAndLoad_Args.client(args, client.address());
      PJRT_Executable_DeserializeAndLoad_Args.serialized_executable(
          args, bytes(serialized, arena).address());
      PJRT_Executable_DeserializeAndLoad_Args.serialized_executable_size(args, serialized.length);
      api.call(PjrtFunction.PJRT_Executable_DeserializeAndLoad, args);
      return ExecutableHandle.adopt(
          this, PJRT_Executable_DeserializeAndLoad_Args.loaded_executable(args));
    }
  }

  /**
   * Returns the plugin's description of its target machine, as bytes: clients with equal bytes can
   * run each other's executables. Empty if there is none.
   */
  public byte[] topology() {
    if (!api.has(PjrtFunction.PJRT_Client_TopologyDescription)
        || !api.has(PjrtFunction.PJRT_TopologyDescription_Serialize)) {
      return new byte[0];
    }
    try (Inside client = enter();
        Scratch scratch = Scratch.take()) {
      MemorySegment description = PJRT_Client_TopologyDescription_Args.allocate(scratch);
      PJRT_Client_TopologyDescription_Args.client(description, client.address());
      api.call(PjrtFunction.PJRT_Client_TopologyDescription, description);
      MemorySegment args = PJRT_TopologyDescription_Serialize_Args.allocate(scratch);
      PJRT_TopologyDescription_Serialize_Args.topology(
          args, PJRT_Client_TopologyDescription_Args.topology(description));
      api.call(PjrtFunction.PJRT_TopologyDescription_Serialize, args);
      return Api.takeBytes(
          PJRT_TopologyDescription_Serialize_Args.serialized_bytes(args),
          PJRT_TopologyDescription_Serialize_Args.serialized_bytes_size(args),
          PJRT_TopologyDescription_Serialize_Args.serialized_topology_deleter(args),
          PJRT_TopologyDescription_Serialize_Args.serialized_topology(args));
    }
  }

  private static MemorySegment bytes(byte[] content, Arena arena) {
    // One additional byte, so that no program is a null pointer.
    MemorySegment segment = arena.allocate(content.length + 1L);
    MemorySegment.copy(content, 0, segment, ValueLayout.JAVA_BYTE, 0, content.length);
    return segment;
  }

  /**
   * A buffer in transfer to a device, and a future that completes when the host's memory is free.
   */
  public record Transfer(BufferHandle buffer, CompletableFuture<Void> doneWithHost) {}

  /**
   * Starts a transfer of dense row-major host memory to a device.
   *
   * @param data native memory that lives as long as it is reachable, or, if it is only read during
   *     the call, until the call returns
   * @param type a constant of {@code PJRT_Buffer_Type}
   * @param memory one of the device's memories; null for its default one
   */
  public Transfer transfer(
      MemorySegment data,
      int type,
      long[] dimensions,
      DeviceHandle device,
      @Nullable MemoryHandle memory,
      HostMemory semantics) {
    try (Inside client = enter();
        Arena arena = Arena.ofConfined()) {
      MemorySegment dims = arena.allocate(Long.BYTES * (dimensions.length + 1L), Long.BYTES);
      MemorySegment.copy(dimensions, 0, dims, ValueLayout.JAVA_LONG, 0, dimensions.length);
      MemorySegment args = PJRT_Client_BufferFromHostBuffer_Args.allocate(arena);
      PJRT_Client_BufferFromHostBuffer_Args.client(args, client.address());
      PJRT_Client_BufferFromHostBuffer_Args.data(args, data.address());
      PJRT_Client_BufferFromHostBuffer_Args.type(args, type);
      PJRT_Client_BufferFromHostBuffer_Args.dims(args, dims.address());
      PJRT_Client_BufferFromHostBuffer_Args.num_dims(args, dimensions.length);
      PJRT_Client_BufferFromHostBuffer_Args.host_buffer_semantics(args, semantics.constant());
      PJRT_Client_BufferFromHostBuffer_Args.device(args, device.address());
      PJRT_Client_BufferFromHostBuffer_Args.memory(args, memory == null ? 0 : memory.address());
      api.call(PjrtFunction.PJRT_Client_BufferFromHostBuffer, args);
      BufferHandle buffer =
          BufferHandle.adopt(this, PJRT_Client_BufferFromHostBuffer_Args.buffer(args));
      try {
        CompletableFuture<Void> doneWithHost =
            Events.whenReady(
                this,
                "transfer to the device",
                PJRT_Client_BufferFromHostBuffer_Args.done_with_host_buffer(args),
                data);
        Events.throwIfFailed(doneWithHost);
        return new Transfer(buffer, doneWithHost);
      } catch (PjrtException e) {
        buffer.close();
        throw e;
      }
    }
  }

  @Override
  void destroy(long address) {
    try (Scratch scratch = Scratch.take()) {
      MemorySegment args = PJRT_Client_Destroy_Args.allocate(scratch);
      PJRT_Client_Destroy_Args.client(args, address);
      api.destroy(PjrtFunction.PJRT_Client_Destroy, args);
    } finally {
      ClientCount.closed();
    }
  }
}
