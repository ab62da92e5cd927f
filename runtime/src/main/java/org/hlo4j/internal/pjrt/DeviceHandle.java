package org.hlo4j.internal.pjrt;

import java.lang.foreign.MemorySegment;
import java.util.List;
import org.hlo4j.internal.pjrt.abi.PJRT_DeviceDescription_Id_Args;
import org.hlo4j.internal.pjrt.abi.PJRT_DeviceDescription_Kind_Args;
import org.hlo4j.internal.pjrt.abi.PJRT_Device_AddressableMemories_Args;
import org.hlo4j.internal.pjrt.abi.PJRT_Device_DefaultMemory_Args;
import org.hlo4j.internal.pjrt.abi.PJRT_Device_GetDescription_Args;
import org.hlo4j.internal.pjrt.abi.PjrtFunction;

/** A device of a client, which owns the native object, so this needs no closing. */
public final class DeviceHandle {
  private final long address;
  private final int id;
  private final String kind;

  private DeviceHandle(long address, int id, String kind) {
    this.address = address;
    this.id = id;
    this.kind = kind;
  }

  static DeviceHandle read(Api api, long address) {
    try (Scratch scratch = Scratch.take()) {
      MemorySegment get = PJRT_Device_GetDescription_Args.allocate(scratch);
      PJRT_Device_GetDescription_Args.device(get, address);
      api.call(PjrtFunction.PJRT_Device_GetDescription, get);
      long description = PJRT_Device_GetDescription_Args.device_description(get);

      MemorySegment id = PJRT_DeviceDescription_Id_Args.allocate(scratch);
      PJRT_DeviceDescription_Id_Args.device_description(id, description);
      api.call(PjrtFunction.PJRT_DeviceDescription_Id, id);

      MemorySegment kind = PJRT_DeviceDescription_Kind_Args.allocate(scratch);
      PJRT_DeviceDescription_Kind_Args.device_description(kind, description);
      api.call(PjrtFunction.PJRT_DeviceDescription_Kind, kind);
      return new DeviceHandle(
          address,
          PJRT_DeviceDescription_Id_Args.id(id),
          Api.string(
              PJRT_DeviceDescription_Kind_Args.device_kind(kind),
              PJRT_DeviceDescription_Kind_Args.device_kind_size(kind)));
    }
  }

  /** Returns the memories that this device can address, in PJRT's order. */
  public List<MemoryHandle> memories(ClientHandle client) {
    try (ClientHandle.Inside inside = client.enter();
        Scratch scratch = Scratch.take()) {
      Api api = inside.client().api();
      MemorySegment args = PJRT_Device_AddressableMemories_Args.allocate(scratch);
      PJRT_Device_AddressableMemories_Args.device(args, address);
      api.call(PjrtFunction.PJRT_Device_AddressableMemories, args);
      return Api.list(
          PJRT_Device_AddressableMemories_Args.memories(args),
          PJRT_Device_AddressableMemories_Args.num_memories(args),
          memory -> MemoryHandle.read(api, memory));
    }
  }

  /** Returns the default memory of this device. */
  public MemoryHandle defaultMemory(ClientHandle client) {
    try (ClientHandle.Inside inside = client.enter();
        Scratch scratch = Scratch.take()) {
      Api api = inside.client().api();
      MemorySegment args = PJRT_Device_DefaultMemory_Args.allocate(scratch);
      PJRT_Device_DefaultMemory_Args.device(args, address);
      api.call(PjrtFunction.PJRT_Device_DefaultMemory, args);
      return MemoryHandle.read(api, PJRT_Device_DefaultMemory_Args.memory(args));
    }
  }

  long address() {
    return address;
  }

  /** Returns PJRT's id of the device, unique among all devices of its kind of plugin. */
  public int id() {
    return id;
  }

  /** Returns the vendor's name, such as {@code NVIDIA H100 80GB HBM3}. */
  public String kind() {
    return kind;
  }
}
