package org.hlo4j.internal.pjrt;

import java.lang.foreign.MemorySegment;
import org.hlo4j.internal.pjrt.abi.PJRT_Memory_Id_Args;
import org.hlo4j.internal.pjrt.abi.PJRT_Memory_Kind_Args;
import org.hlo4j.internal.pjrt.abi.PjrtFunction;

/** A memory of a device. The client owns the native object, so this needs no closing. */
public final class MemoryHandle {
  private final long address;
  private final int id;
  private final String kind;

  private MemoryHandle(long address, int id, String kind) {
    this.address = address;
    this.id = id;
    this.kind = kind;
  }

  static MemoryHandle read(Api api, long address) {
    try (Scratch scratch = Scratch.take()) {
      MemorySegment id = PJRT_Memory_Id_Args.allocate(scratch);
      PJRT_Memory_Id_Args.memory(id, address);
      api.call(PjrtFunction.PJRT_Memory_Id, id);

      MemorySegment kind = PJRT_Memory_Kind_Args.allocate(scratch);
      PJRT_Memory_Kind_Args.memory(kind, address);
      api.call(PjrtFunction.PJRT_Memory_Kind, kind);
      return new MemoryHandle(
          address,
          PJRT_Memory_Id_Args.id(id),
          Api.string(PJRT_Memory_Kind_Args.kind(kind), PJRT_Memory_Kind_Args.kind_size(kind)));
    }
  }

  long address() {
    return address;
  }

  /** Returns PJRT's id of the memory, unique within the client. */
  public int id() {
    return id;
  }

  /** Returns PJRT's kind, such as {@code device} or {@code pinned_host}. */
  public String kind() {
    return kind;
  }

  public boolean isSame(MemoryHandle other) {
    return address == other.address;
  }
}
