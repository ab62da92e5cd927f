package org.hlo4j.internal.buffer;

import java.lang.invoke.MethodHandles;
import java.lang.invoke.VarHandle;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import org.hlo4j.internal.memory.UnreachableObjects;
import org.hlo4j.internal.pjrt.BufferHandle;
import org.hlo4j.internal.pjrt.ClientHandle;

/**
 * Releases one {@link BufferState}'s hold on a native buffer, exactly once: when it is closed,
 * donated, or collected.
 */
public final class BufferCleaner extends UnreachableObjects.Watch implements Hold {
  private static final VarHandle RELEASED;

  private static final CompletableFuture<Void> MATERIALIZED =
      CompletableFuture.completedFuture(null);

  static {
    try {
      RELEASED =
          MethodHandles.lookup().findVarHandle(BufferCleaner.class, "released", boolean.class);
    } catch (ReflectiveOperationException e) {
      throw new ExceptionInInitializerError(e);
    }
  }

  private final BufferHandle handle;
  private volatile boolean released;

  private BufferCleaner(BufferState buffer, BufferHandle handle) {
    super(buffer);
    this.handle = handle;
  }

  /** Takes ownership of one hold on a buffer. */
  static BufferCleaner of(BufferState buffer, BufferHandle handle) {
    BufferCleaner owner = new BufferCleaner(buffer, handle);
    owner.begin();
    if (handle.isOrphan()) {
      // The client was closed after the buffer was created, and missed it.
      handle.close();
    }
    return owner;
  }

  BufferHandle handle() {
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
    if (!RELEASED.compareAndSet(this, false, true)) {
      return;
    }
    Leaks.closed(this);
    try {
      boolean unused = handle.releaseHolder();
    } finally {
      end();
    }
  }

  /** Closes all open buffers of a client, and reports them as leaks if enabled. */
  public static void closeAllOf(ClientHandle client) {
    List<BufferCleaner> open =
        UnreachableObjects.watches(BufferCleaner.class).stream()
            .filter(owner -> owner.handle.isOf(client))
            .toList();
    open.forEach(owner -> owner.handle.close());
    Leaks.closedWithClient(open);
  }

  @Override
  protected void onUnreachable() {
    Leaks.collected(this);
    release();
  }
}
