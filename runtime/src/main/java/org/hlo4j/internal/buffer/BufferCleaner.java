package org.hlo4j.internal.buffer;

import java.lang.invoke.MethodHandles;
import java.lang.invoke.VarHandle;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import org.hlo4j.internal.memory.UnreachableObjects;
import org.hlo4j.internal.pjrt.BufferHandle;
import org.hlo4j.internal.pjrt.ClientHandle;
import org.jspecify.annotations.Nullable;

/**
 * Lets go of a device's buffer for one {@link BufferState}: once, whether that is closed, given
 * away, or collected. The owners are their own list of what is open, so that a client can close it.
 */
public final class BufferCleaner extends UnreachableObjects.Watch implements Hold {
  private static final VarHandle RELEASED;

  private static final CompletableFuture<Void> MATERIALIZED =
      CompletableFuture.completedFuture(null);

  /** A power of two. More than one, so that threads seldom meet. */
  private static final int LISTS = 16;

  private static final BufferCleaner[] HEADS = new BufferCleaner[LISTS];

  static {
    try {
      RELEASED =
          MethodHandles.lookup().findVarHandle(BufferCleaner.class, "released", boolean.class);
    } catch (ReflectiveOperationException e) {
      throw new ExceptionInInitializerError(e);
    }
    for (int i = 0; i < LISTS; i++) {
      HEADS[i] = new BufferCleaner();
    }
  }

  private final @Nullable BufferHandle handle;
  private final BufferCleaner head;
  private BufferCleaner previous;
  private BufferCleaner next;
  private volatile boolean released;

  /** The head of a list. */
  @SuppressWarnings("ThisEscapedInObjectConstruction") // A list of nothing is a circle of itself.
  private BufferCleaner() {
    super(null);
    this.handle = null;
    this.head = this;
    this.previous = this;
    this.next = this;
  }

  private BufferCleaner(BufferState buffer, BufferHandle handle, BufferCleaner head) {
    super(buffer);
    this.handle = handle;
    this.head = head;
    this.previous = head;
    this.next = head;
  }

  /** Takes over one hold of a buffer. */
  static BufferCleaner of(BufferState buffer, BufferHandle handle) {
    BufferCleaner head = HEADS[(int) Thread.currentThread().threadId() & (LISTS - 1)];
    BufferCleaner owner = new BufferCleaner(buffer, handle, head);
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

  BufferHandle handle() {
    if (handle == null) {
      throw new AssertionError("the head of a list holds nothing");
    }
    return handle;
  }

  @Override
  public BufferCleaner owner() {
    return this;
  }

  @Override
  public CompletableFuture<Void> materialized() {
    return MATERIALIZED;
  }

  @Override
  public boolean isReleased() {
    return released;
  }

  @Override
  public void release() {
    if (handle == null || !RELEASED.compareAndSet(this, false, true)) {
      return;
    }
    Leaks.closed(this);
    clear();
    synchronized (head) {
      previous.next = next;
      next.previous = previous;
    }
    boolean unused = handle.releaseHolder();
  }

  /** Closes what is still open of a client, and reports it as leaked where that is asked for. */
  public static void closeAllOf(ClientHandle client) {
    List<BufferCleaner> open = new ArrayList<>();
    for (BufferCleaner head : HEADS) {
      synchronized (head) {
        for (BufferCleaner owner = head.next; owner != head; owner = owner.next) {
          if (owner.handle != null && owner.handle.isOf(client)) {
            open.add(owner);
          }
        }
      }
    }
    open.forEach(owner -> owner.handle().close());
    Leaks.closedWithClient(open);
  }

  @Override
  protected void onUnreachable() {
    Leaks.collected(this);
    release();
  }
}
