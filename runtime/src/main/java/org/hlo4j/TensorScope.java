package org.hlo4j;

import java.lang.ref.WeakReference;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.atomic.AtomicInteger;
import org.hlo4j.error.BufferStateException;
import org.hlo4j.internal.buffer.Argument;
import org.hlo4j.internal.buffer.BufferState;
import org.hlo4j.internal.buffer.RefState;
import org.hlo4j.internal.buffer.RetainedArgument;
import org.hlo4j.internal.buffer.ShardSet;
import org.hlo4j.internal.call.CallOutputs;
import org.jspecify.annotations.Nullable;

/**
 * Closes the tensors that a piece of code has created, except for those that it keeps:
 *
 * <pre>{@code
 * try (TensorScope scope = TensorScope.open()) {
 *   DeviceBuffer<Square> x = device.put(Square.class, data);
 *   return scope.keep(dense.fma(dense.fma(x, x), x));
 * }
 * }</pre>
 *
 * <p>A scope belongs to the thread that opened it. It closes everything that this thread created
 * while the scope was its innermost one: results of kernels and of executables, tensors that were
 * put on a device or copied, {@link HostTensor}s, {@link TensorView}s, {@link Ref}s, {@link
 * ShardedRef}s and what their {@code get} returned. What other threads create is not affected, nor
 * are the values of {@code Ref}s that were created elsewhere, or tensors that were closed or
 * donated earlier.
 *
 * <p>A scope does not keep tensors from being reclaimed: one that has become unreachable may be
 * freed before the scope ends.
 */
public final class TensorScope implements AutoCloseable {
  private static final ThreadLocal<@Nullable TensorScope> INNERMOST = new ThreadLocal<>();

  /** The number of open scopes of all threads: without any, nothing looks for its own. */
  private static final AtomicInteger OPEN = new AtomicInteger();

  private static final int FEW = 64;

  private final Thread thread = Thread.currentThread();
  private final @Nullable TensorScope outer;
  private List<Entry> created = new ArrayList<>();

  /** How many entries there may be before those of unreachable tensors are removed. */
  private int limit = FEW;

  private boolean closed;

  private TensorScope(@Nullable TensorScope outer) {
    this.outer = outer;
  }

  /** Something that was created. */
  private static final class Entry extends WeakReference<Object> {
    Entry(Object tensor) {
      super(tensor);
    }
  }

  /** Opens a scope for this thread, inside the one that it has, if it has one. */
  public static TensorScope open() {
    TensorScope scope = new TensorScope(INNERMOST.get());
    INNERMOST.set(scope);
    OPEN.incrementAndGet();
    return scope;
  }

  /** Adds what this thread has created to its innermost scope, if it has one. */
  static void add(Object tensor) {
    if (OPEN.get() > 0) {
      TensorScope scope = INNERMOST.get();
      if (scope != null) {
        scope.created.add(new Entry(tensor));
        scope.removeUnreachable();
      }
    }
  }

  /** Adds the outputs of a call. */
  static CallOutputs add(CallOutputs results) {
    if (OPEN.get() > 0) {
      for (BufferState buffer : results.buffers()) {
        add(buffer);
      }
    }
    return results;
  }

  private void removeUnreachable() {
    if (created.size() > limit) {
      created.removeIf(entry -> entry.refersTo(null));
      limit = Math.max(FEW, 2 * created.size());
    }
  }

  /**
   * Keeps a tensor: this scope does not close it, and the scope around this one does, if this
   * thread has one. A tensor that was not created in this scope stays as it is.
   *
   * @return the tensor
   * @throws BufferStateException if this scope was closed, or another thread opened it
   */
  public <T extends Tensor<?>> T keep(T tensor) {
    keep(tensor.argument());
    return tensor;
  }

  /** Keeps a tensor on several devices, as {@link #keep(Tensor)} does. */
  public <S extends Sharded<?>> S keep(S tensor) {
    keep(tensor.argument());
    return tensor;
  }

  /** Keeps a tensor in host memory, as {@link #keep(Tensor)} does. */
  public <H extends HostTensor<?>> H keep(H tensor) {
    move(tensor);
    return tensor;
  }

  /** Keeps a view, as {@link #keep(Tensor)} does. */
  public <V extends TensorView<?>> V keep(V view) {
    move(view);
    return view;
  }

  private void keep(Argument tensor) {
    switch (tensor) {
      case BufferState buffer -> move(buffer);
      case ShardSet shards -> shards.shards().forEach(this::move);
      case RetainedArgument retained -> keep(retained.value());
      case RefState slot -> move(slot);
    }
  }

  private void move(Object tensor) {
    checkUse();
    for (int i = created.size() - 1; i >= 0; i--) {
      if (created.get(i).refersTo(tensor)) {
        Entry moved = created.remove(i);
        if (outer != null) {
          outer.created.add(moved);
        }
        return;
      }
    }
  }

  private void checkUse() {
    if (!Thread.currentThread().equals(thread)) {
      throw new BufferStateException(
          "A TensorScope is used by %s, and was opened by %s"
              .formatted(Thread.currentThread(), thread));
    }
    if (closed) {
      throw new BufferStateException("The TensorScope was closed");
    }
  }

  /**
   * Closes what was created in this scope and not kept, and the scopes inside it that are still
   * open. Running work goes on, and has what it needs. Closing again does nothing.
   *
   * @throws BufferStateException if another thread opened the scope; or if a native call uses the
   *     segment of a {@link HostTensor} or {@link TensorView} right now, after everything else was
   *     closed
   */
  @Override
  public void close() {
    if (closed) {
      return;
    }
    checkUse();
    List<Entry> all = new ArrayList<>();
    TensorScope scope = INNERMOST.get();
    while (scope != null) {
      all.addAll(scope.end());
      if (scope.equals(this)) {
        break;
      }
      scope = scope.outer;
    }
    if (outer == null) {
      INNERMOST.remove();
    } else {
      INNERMOST.set(outer);
    }
    closeAll(all);
  }

  private List<Entry> end() {
    List<Entry> all = created;
    created = List.of();
    closed = true;
    OPEN.decrementAndGet();
    return all;
  }

  private static void closeAll(List<Entry> tensors) {
    @Nullable BufferStateException failure = null;
    for (Entry entry : tensors) {
      try {
        close(entry.get());
      } catch (BufferStateException e) {
        if (failure == null) {
          failure = e;
        } else {
          failure.addSuppressed(e);
        }
      }
    }
    if (failure != null) {
      throw failure;
    }
  }

  private static void close(@Nullable Object tensor) {
    switch (tensor) {
      case BufferState buffer -> buffer.close();
      case RefState slot -> slot.close("was closed");
      case HostTensor<?> host -> host.close();
      case TensorView<?> view -> view.close();
      case null -> {
        // It became unreachable, and was freed.
      }
      default -> throw new AssertionError(tensor);
    }
  }
}
