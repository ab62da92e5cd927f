package org.hlo4j;

import java.lang.invoke.MethodHandles;
import java.lang.invoke.VarHandle;
import java.lang.ref.PhantomReference;
import java.lang.ref.ReferenceQueue;
import java.util.ArrayList;
import java.util.List;
import org.hlo4j.internal.pjrt.BufferHandle;
import org.hlo4j.internal.pjrt.ClientHandle;
import org.jspecify.annotations.Nullable;

/**
 * Lets go of a device's buffer for one {@link DeviceBuffer}: once, whether that is closed, given
 * away, or collected. The owners are their own list of what is open, so that a client can close it.
 *
 * <p>This is the JDK's {@code Cleaner} with the list that a client needs anyway: both beside each
 * other took twice the memory and time of a short call.
 */
final class BufferOwner extends PhantomReference<DeviceBuffer<?>> {
  private static final ReferenceQueue<DeviceBuffer<?>> COLLECTED = new ReferenceQueue<>();
  private static final VarHandle RELEASED;

  /** A power of two. More than one, so that threads seldom meet. */
  private static final int LISTS = 16;

  private static final BufferOwner[] HEADS = new BufferOwner[LISTS];

  static {
    try {
      RELEASED = MethodHandles.lookup().findVarHandle(BufferOwner.class, "released", boolean.class);
    } catch (ReflectiveOperationException e) {
      throw new ExceptionInInitializerError(e);
    }
    for (int i = 0; i < LISTS; i++) {
      HEADS[i] = new BufferOwner();
    }
    Thread cleaner = new Thread(BufferOwner::clean, "hlo4j-cleaner");
    cleaner.setDaemon(true);
    cleaner.start();
  }

  private final @Nullable BufferHandle handle;
  private final long bytes;
  private final BufferOwner head;
  private BufferOwner previous;
  private BufferOwner next;
  private volatile boolean released;

  /** The head of a list. */
  @SuppressWarnings("ThisEscapedInObjectConstruction") // A list of nothing is a circle of itself.
  private BufferOwner() {
    super(null, null);
    this.handle = null;
    this.bytes = 0;
    this.head = this;
    this.previous = this;
    this.next = this;
  }

  private BufferOwner(DeviceBuffer<?> buffer, BufferHandle handle, long bytes, BufferOwner head) {
    super(buffer, COLLECTED);
    this.handle = handle;
    this.bytes = bytes;
    this.head = head;
    this.previous = head;
    this.next = head;
  }

  /**
   * Takes over one hold of a buffer.
   *
   * @param bytes the size of the device's memory
   */
  static BufferOwner of(DeviceBuffer<?> buffer, BufferHandle handle, long bytes) {
    BufferOwner head = HEADS[(int) Thread.currentThread().threadId() & (LISTS - 1)];
    BufferOwner owner = new BufferOwner(buffer, handle, bytes, head);
    synchronized (head) {
      owner.next = head.next;
      head.next.previous = owner;
      head.next = owner;
    }
    if (handle.isOrphan()) {
      // The client was closed between the buffer's making and now, and has missed it.
      handle.close();
    }
    return owner;
  }

  boolean isReleased() {
    return released;
  }

  /** Lets go of the buffer; answers whether this was the first time. */
  boolean release() {
    if (handle == null || !RELEASED.compareAndSet(this, false, true)) {
      return false;
    }
    clear();
    synchronized (head) {
      previous.next = next;
      next.previous = previous;
    }
    if (handle.letGo()) {
      NativePressure.release(bytes);
    }
    return true;
  }

  /** Closes what is still open of a client, and answers the owners. */
  static List<BufferOwner> closeAllOf(ClientHandle client) {
    List<BufferOwner> open = new ArrayList<>();
    for (BufferOwner head : HEADS) {
      synchronized (head) {
        for (BufferOwner owner = head.next; owner != head; owner = owner.next) {
          if (owner.handle != null && owner.handle.isOf(client)) {
            open.add(owner);
          }
        }
      }
    }
    for (BufferOwner owner : open) {
      if (owner.handle != null) {
        owner.handle.close();
      }
    }
    return open;
  }

  private static void clean() {
    while (true) {
      try {
        BufferOwner owner = (BufferOwner) COLLECTED.remove();
        Leaks.collected(owner);
        owner.release();
      } catch (InterruptedException e) {
        // Nobody has a reason to interrupt this thread, and it must outlive who does.
        Leaks.LOG.log(System.Logger.Level.DEBUG, "The cleaner was interrupted and goes on", e);
      } catch (RuntimeException | Error e) {
        Leaks.LOG.log(System.Logger.Level.ERROR, "A buffer could not be freed", e);
      }
    }
  }
}
