package org.hlo4j.internal.pjrt;

import java.lang.foreign.Arena;
import java.lang.foreign.MemorySegment;
import java.lang.foreign.ValueLayout;
import java.lang.invoke.MethodHandles;
import java.lang.invoke.VarHandle;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.locks.LockSupport;
import java.util.function.Consumer;
import java.util.function.Function;
import org.hlo4j.error.PjrtException;
import org.hlo4j.internal.memory.MemoryLedger;
import org.hlo4j.internal.pjrt.abi.PJRT_Buffer_CopyToDevice_Args;
import org.hlo4j.internal.pjrt.abi.PJRT_Buffer_CopyToMemory_Args;
import org.hlo4j.internal.pjrt.abi.PJRT_Buffer_DecreaseExternalReferenceCount_Args;
import org.hlo4j.internal.pjrt.abi.PJRT_Buffer_Destroy_Args;
import org.hlo4j.internal.pjrt.abi.PJRT_Buffer_GetMemoryLayout_Args;
import org.hlo4j.internal.pjrt.abi.PJRT_Buffer_IncreaseExternalReferenceCount_Args;
import org.hlo4j.internal.pjrt.abi.PJRT_Buffer_IsDeleted_Args;
import org.hlo4j.internal.pjrt.abi.PJRT_Buffer_MemoryLayout;
import org.hlo4j.internal.pjrt.abi.PJRT_Buffer_MemoryLayout_Tiled;
import org.hlo4j.internal.pjrt.abi.PJRT_Buffer_MemoryLayout_Type;
import org.hlo4j.internal.pjrt.abi.PJRT_Buffer_Memory_Args;
import org.hlo4j.internal.pjrt.abi.PJRT_Buffer_OpaqueDeviceMemoryDataPointer_Args;
import org.hlo4j.internal.pjrt.abi.PJRT_Buffer_ReadyEvent_Args;
import org.hlo4j.internal.pjrt.abi.PJRT_Buffer_ToHostBuffer_Args;
import org.hlo4j.internal.pjrt.abi.PjrtFunction;
import org.jspecify.annotations.Nullable;

/**
 * Owns a buffer on a device. Destroying it while work is running is safe: PJRT frees the memory
 * after the last operation on it.
 *
 * <p>A buffer may have several holders, since an output that is an unchanged input is that input's
 * buffer. The last holder to release it closes it, and only a single holder may donate its memory.
 */
public final class BufferHandle extends NativeHandle {
  private static final System.Logger LOG = System.getLogger("org.hlo4j");
  private static final int DONATING = 1;
  private static final int HOLDER = 2;

  /** Below this, querying whether work has ended costs more than it could save. */
  private static final long NOT_TINY = 64L << 10;

  /** From this size, memory that work has not written yet distorts the system's figures. */
  private static final long LARGE = 16L << 20;

  /** The number of checks for readers before a donation parks: most leave within microseconds. */
  private static final int SPINS = 200;

  private static final VarHandle HOLDERS;
  private static final VarHandle COUNTED;

  static {
    try {
      MethodHandles.Lookup lookup = MethodHandles.lookup();
      HOLDERS = lookup.findVarHandle(BufferHandle.class, "holders", int.class);
      COUNTED = lookup.findVarHandle(BufferHandle.class, "counted", long.class);
    } catch (ReflectiveOperationException e) {
      throw new ExceptionInInitializerError(e);
    }
  }

  private final ClientHandle client;
  private volatile int holders = HOLDER;

  /** The size as counted by {@link MemoryLedger}; 0 if PJRT has reused the memory. */
  private volatile long counted;

  /** The thread that waits in {@link #beginDonation}. */
  private volatile @Nullable Thread donor;

  private BufferHandle(ClientHandle client, long address) {
    super(address);
    this.client = client;
  }

  /**
   * Takes ownership of a buffer created by the client, which the caller has entered. Closing a
   * client does not close its buffers; their holders do.
   */
  static BufferHandle adopt(ClientHandle client, long address) {
    BufferHandle handle = new BufferHandle(client, address);
    // The caller is inside the client, so it cannot be gone.
    client.retain();
    return handle;
  }

  /**
   * Counts the buffer's memory until it is freed or reused for an output. The caller has entered or
   * created the buffer.
   *
   * @param isWork whether a program will fill the memory, rather than it being filled already
   */
  public void count(long bytes, boolean isWork) {
    counted = bytes;
    MemoryLedger.hold(bytes);
    if (isWork && bytes >= LARGE) {
      whenWorkEnds(work -> MemoryLedger.expectWriting(work, bytes));
    }
  }

  /** Runs a task with the completion of the buffer's work, unless that has ended. */
  private boolean whenWorkEnds(Consumer<CompletableFuture<Void>> task) {
    CompletableFuture<Void> work;
    try {
      work = ready("execution");
    } catch (PjrtException e) {
      // Readers of the content get the error; here it only means that the end is unknown.
      LOG.log(System.Logger.Level.DEBUG, "The completion of a buffer's work is unknown", e);
      return false;
    }
    if (work.isDone()) {
      return false;
    }
    task.accept(work);
    return true;
  }

  public boolean isOf(ClientHandle other) {
    return client == other;
  }

  /** Returns whether the client was closed, so that nothing may stay open on it. */
  public boolean isOrphan() {
    return client.isClosed();
  }

  /** Adds a holder; returns false while the memory is being donated, or if the buffer is closed. */
  public boolean retainHolder() {
    int seen = holders;
    while (seen >= HOLDER && (seen & DONATING) == 0) {
      int witness = (int) HOLDERS.compareAndExchange(this, seen, seen + HOLDER);
      if (witness == seen) {
        return true;
      }
      seen = witness;
    }
    return false;
  }

  /** Removes a holder; returns whether it was the last one, which closes the buffer. */
  public boolean releaseHolder() {
    boolean last = (int) HOLDERS.getAndAdd(this, -HOLDER) < 2 * HOLDER;
    if (last) {
      close();
    }
    return last;
  }

  /**
   * Locks the content for a call that reads it, or for a read in place, and enters the buffer. Does
   * not wait: fails if the buffer was closed, or is being donated. Paired with {@link
   * #unlockShared}.
   */
  public boolean tryLockShared() {
    return tryAdd(LockWord.READER, LockWord.CLOSED | LockWord.DONATING);
  }

  /** Unlocks the content, and leaves the buffer. */
  public void unlockShared() {
    if (LockWord.isDonorAwake(leave(LockWord.READER))) {
      LockSupport.unpark(donor);
    }
  }

  /** The result of an attempt to donate a buffer. */
  public enum Donation {
    /** It began; until its end the buffer cannot be held, read or donated by others. */
    BEGUN,
    /** It failed: there are other holders. */
    SHARED,
    /** It failed: another call is donating the buffer. */
    BUSY
  }

  /**
   * Begins a donation, and locks the content: waits, parked, until the calls that read it have been
   * launched. The caller has entered the buffer. Paired with {@link #endDonation} if it has begun.
   *
   * <p>A launch in XLA locks its arguments one after another, shared or exclusively, and waits for
   * each. With different orders, or one buffer twice, launches would deadlock. Two rules prevent
   * that before the launch: a reader never waits for a donation, and a call that waits for readers
   * holds no read locks yet, since it begins all of its donations first.
   */
  public Donation beginDonation() {
    int seen = holders;
    while (seen == HOLDER) {
      int witness = (int) HOLDERS.compareAndExchange(this, HOLDER, HOLDER | DONATING);
      if (witness == HOLDER) {
        lockExclusively();
        return Donation.BEGUN;
      }
      seen = witness;
    }
    return (seen & DONATING) == 0 ? Donation.SHARED : Donation.BUSY;
  }

  private void lockExclusively() {
    donor = Thread.currentThread();
    boolean interrupted = false;
    long word = add(LockWord.DONATING);
    for (int spins = 0; LockWord.hasReaders(word); word = lockWord()) {
      if (spins < SPINS) {
        spins++;
        Thread.onSpinWait();
      } else {
        LockSupport.park(this);
        interrupted |= Thread.interrupted();
      }
    }
    donor = null;
    if (interrupted) {
      Thread.currentThread().interrupt();
    }
  }

  /** Ends a donation, whether or not PJRT consumed the memory. The caller is still inside. */
  public void endDonation() {
    long unused = add(-LockWord.DONATING);
    int unusedHolders = (int) HOLDERS.getAndAdd(this, -DONATING);
  }

  /** Returns the position in the order in which calls begin donations on a client. */
  public long lockOrder() {
    return address();
  }

  /** Returns whether the memory may have been consumed, so that PJRT must be queried. */
  public boolean mayBeGivenAway() {
    int seen = holders;
    return (seen & DONATING) != 0 || seen < HOLDER;
  }

  /**
   * Returns a future that completes when the content is ready. The caller has entered the buffer.
   */
  public CompletableFuture<Void> ready(String operation) {
    try (Scratch scratch = Scratch.take()) {
      MemorySegment args = PJRT_Buffer_ReadyEvent_Args.allocate(scratch);
      PJRT_Buffer_ReadyEvent_Args.buffer(args, address());
      client.api().call(PjrtFunction.PJRT_Buffer_ReadyEvent, args);
      return Events.whenReady(
          client, operation, PJRT_Buffer_ReadyEvent_Args.event(args), MemorySegment.NULL);
    }
  }

  /** Returns whether PJRT consumed the memory in a donation. The caller has entered the buffer. */
  public boolean isDeleted() {
    try (Scratch scratch = Scratch.take()) {
      MemorySegment args = PJRT_Buffer_IsDeleted_Args.allocate(scratch);
      PJRT_Buffer_IsDeleted_Args.buffer(args, address());
      client.api().call(PjrtFunction.PJRT_Buffer_IsDeleted, args);
      boolean deleted = PJRT_Buffer_IsDeleted_Args.is_deleted(args);
      if (deleted) {
        MemoryLedger.release(uncount());
      }
      return deleted;
    }
  }

  /**
   * Starts a copy to the host, row-major and dense. The caller has entered the buffer.
   *
   * @param target memory that lives as long as it is reachable
   */
  public CompletableFuture<Void> toHost(MemorySegment target, int rank) {
    try (Arena arena = Arena.ofConfined()) {
      MemorySegment args = PJRT_Buffer_ToHostBuffer_Args.allocate(arena);
      PJRT_Buffer_ToHostBuffer_Args.src(args, address());
      PJRT_Buffer_ToHostBuffer_Args.host_layout(args, rowMajor(rank, arena).address());
      PJRT_Buffer_ToHostBuffer_Args.dst(args, target.address());
      PJRT_Buffer_ToHostBuffer_Args.dst_size(args, target.byteSize());
      client.api().call(PjrtFunction.PJRT_Buffer_ToHostBuffer, args);
      return Events.whenReady(
          client, "transfer to the host", PJRT_Buffer_ToHostBuffer_Args.event(args), target);
    }
  }

  /**
   * Returns a layout, since PJRT would otherwise copy in the device's, which may not be row-major.
   */
  private static MemorySegment rowMajor(int rank, Arena arena) {
    MemorySegment order = arena.allocate(Long.BYTES * (rank + 1L), Long.BYTES);
    for (int i = 0; i < rank; i++) {
      order.setAtIndex(ValueLayout.JAVA_LONG, i, rank - 1L - i);
    }
    MemorySegment layout = PJRT_Buffer_MemoryLayout.allocate(arena);
    PJRT_Buffer_MemoryLayout.type(layout, PJRT_Buffer_MemoryLayout_Type.Tiled);
    MemorySegment tiled = tiled(layout);
    PJRT_Buffer_MemoryLayout_Tiled.struct_size(tiled, PJRT_Buffer_MemoryLayout_Tiled.SIZEOF);
    PJRT_Buffer_MemoryLayout_Tiled.minor_to_major(tiled, order.address());
    PJRT_Buffer_MemoryLayout_Tiled.minor_to_major_size(tiled, rank);
    return layout;
  }

  private static MemorySegment tiled(MemorySegment layout) {
    return layout.asSlice(
        PJRT_Buffer_MemoryLayout.union$OFFSET, PJRT_Buffer_MemoryLayout_Tiled.SIZEOF);
  }

  /**
   * Returns whether the device's layout is row-major without tiles, so that its memory can be read
   * in place. The caller has entered the buffer.
   */
  public boolean isRowMajor() {
    try (Scratch scratch = Scratch.take()) {
      MemorySegment args = PJRT_Buffer_GetMemoryLayout_Args.allocate(scratch);
      PJRT_Buffer_GetMemoryLayout_Args.buffer(args, address());
      client.api().call(PjrtFunction.PJRT_Buffer_GetMemoryLayout, args);
      MemorySegment layout =
          args.asSlice(
              PJRT_Buffer_GetMemoryLayout_Args.layout$OFFSET, PJRT_Buffer_MemoryLayout.SIZEOF);
      if (PJRT_Buffer_MemoryLayout.type(layout) != PJRT_Buffer_MemoryLayout_Type.Tiled) {
        return false;
      }
      MemorySegment tiled = tiled(layout);
      long rank = PJRT_Buffer_MemoryLayout_Tiled.minor_to_major_size(tiled);
      long[] order = Api.longs(PJRT_Buffer_MemoryLayout_Tiled.minor_to_major(tiled), rank);
      for (int i = 0; i < order.length; i++) {
        if (order[i] != rank - 1 - i) {
          return false;
        }
      }
      return PJRT_Buffer_MemoryLayout_Tiled.num_tiles(tiled) == 0;
    }
  }

  /**
   * Reads the buffer's memory in place, on a device that shares the host's memory. The caller has
   * entered the buffer, whose content is ready.
   *
   * @param reader receives memory that is only valid during the call
   */
  public <T> T readInPlace(long byteSize, Function<MemorySegment, T> reader) {
    MemorySegment memory = beginReading(byteSize);
    try {
      return reader.apply(memory);
    } finally {
      endReading();
    }
  }

  /** Returns the buffer's memory, which stays in place until {@link #endReading}. */
  MemorySegment beginReading(long byteSize) {
    Api api = client.api();
    addReference(api);
    try {
      return MemorySegment.ofAddress(dataPointer(api)).reinterpret(byteSize);
    } catch (PjrtException e) {
      dropReference(api);
      throw e;
    }
  }

  /** Unpins the buffer's memory. */
  void endReading() {
    dropReference(client.api());
  }

  /** Synchronized like its counterpart: PJRT keeps a buffer's references in an unguarded list. */
  private synchronized void addReference(Api api) {
    try (Scratch scratch = Scratch.take()) {
      MemorySegment add = PJRT_Buffer_IncreaseExternalReferenceCount_Args.allocate(scratch);
      PJRT_Buffer_IncreaseExternalReferenceCount_Args.buffer(add, address());
      api.call(PjrtFunction.PJRT_Buffer_IncreaseExternalReferenceCount, add);
    }
  }

  private synchronized void dropReference(Api api) {
    try (Scratch scratch = Scratch.take()) {
      MemorySegment drop = PJRT_Buffer_DecreaseExternalReferenceCount_Args.allocate(scratch);
      PJRT_Buffer_DecreaseExternalReferenceCount_Args.buffer(drop, address());
      api.destroy(PjrtFunction.PJRT_Buffer_DecreaseExternalReferenceCount, drop);
    }
  }

  private long dataPointer(Api api) {
    try (Scratch scratch = Scratch.take()) {
      MemorySegment args = PJRT_Buffer_OpaqueDeviceMemoryDataPointer_Args.allocate(scratch);
      PJRT_Buffer_OpaqueDeviceMemoryDataPointer_Args.buffer(args, address());
      api.call(PjrtFunction.PJRT_Buffer_OpaqueDeviceMemoryDataPointer, args);
      return PJRT_Buffer_OpaqueDeviceMemoryDataPointer_Args.device_memory_ptr(args);
    }
  }

  /** Returns the memory that contains the buffer. The caller has entered the buffer. */
  public MemoryHandle memory() {
    try (Scratch scratch = Scratch.take()) {
      MemorySegment args = PJRT_Buffer_Memory_Args.allocate(scratch);
      PJRT_Buffer_Memory_Args.buffer(args, address());
      client.api().call(PjrtFunction.PJRT_Buffer_Memory, args);
      return MemoryHandle.read(client.api(), PJRT_Buffer_Memory_Args.memory(args));
    }
  }

  /** Like {@link #release} after a donation, for a caller that must not wait for the device. */
  public void releaseDonated() {
    if (client.api().waitsForDonations()) {
      releaseOffThread();
    } else {
      release();
    }
  }

  /** Starts a copy to a device of the same client. The caller has entered the buffer. */
  public BufferHandle copyTo(DeviceHandle device) {
    try (Scratch scratch = Scratch.take()) {
      MemorySegment args = PJRT_Buffer_CopyToDevice_Args.allocate(scratch);
      PJRT_Buffer_CopyToDevice_Args.buffer(args, address());
      PJRT_Buffer_CopyToDevice_Args.dst_device(args, device.address());
      client.api().call(PjrtFunction.PJRT_Buffer_CopyToDevice, args);
      return adopt(client, PJRT_Buffer_CopyToDevice_Args.dst_buffer(args));
    }
  }

  /** Starts a copy to a memory of the same client. The caller has entered the buffer. */
  public BufferHandle copyTo(MemoryHandle memory) {
    try (Scratch scratch = Scratch.take()) {
      MemorySegment args = PJRT_Buffer_CopyToMemory_Args.allocate(scratch);
      PJRT_Buffer_CopyToMemory_Args.buffer(args, address());
      PJRT_Buffer_CopyToMemory_Args.dst_memory(args, memory.address());
      client.api().call(PjrtFunction.PJRT_Buffer_CopyToMemory, args);
      return adopt(client, PJRT_Buffer_CopyToMemory_Args.dst_buffer(args));
    }
  }

  @Override
  void destroy(long address) {
    free(uncount());
    try (Scratch scratch = Scratch.take()) {
      MemorySegment args = PJRT_Buffer_Destroy_Args.allocate(scratch);
      PJRT_Buffer_Destroy_Args.buffer(args, address);
      client.api().destroy(PjrtFunction.PJRT_Buffer_Destroy, args);
    } finally {
      client.release();
    }
  }

  /** Stops counting the memory, and returns the size that was counted. */
  private long uncount() {
    return counted == 0 ? 0 : (long) COUNTED.getAndSet(this, 0L);
  }

  /** Releases memory that PJRT frees when the buffer is destroyed and its work has ended. */
  private void free(long bytes) {
    if (bytes < NOT_TINY || !whenWorkEnds(work -> MemoryLedger.releaseAfter(work, bytes))) {
      MemoryLedger.release(bytes);
    }
  }
}
