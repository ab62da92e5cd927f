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
 * A scope that closes the tensors created within it, except for those it keeps:
 *
 * <pre>{@code
 * try (TensorScope scope = TensorScope.open()) {
 *   DeviceBuffer<Square> x = device.put(Square.class, data);
 *   return scope.keep(dense.fma(dense.fma(x, x), x));
 * }
 * }</pre>
 *
 * <p>A scope belongs to the thread that opened it. It closes every object that this thread created
 * while the scope was its innermost one: results of kernels and executables, tensors that were put
 * on a device or copied, {@link HostTensor}s, {@link TensorView}s, {@link Ref}s, {@link
 * ShardedRef}s and results of their {@code get}. It does not affect objects that other threads
 * create, or the values of {@code Ref}s created elsewhere.
 *
 * <p>A scope holds weak references: an unreachable tensor may be freed before the scope ends.
 */
public final class TensorScope implements AutoCloseable {
  private static final ThreadLocal<@Nullable TensorScope> INNERMOST = new ThreadLocal<>();

  /** The number of open scopes in all threads; while it is 0, threads need not look up theirs. */
  private static final AtomicInteger OPEN = new AtomicInteger();

  private static final int FEW = 64;

  private final Thread thread = Thread.currentThread();
  private final @Nullable TensorScope outer;
  private List<Entry> created = new ArrayList<>();

  /** The number of entries at which those of unreachable tensors are removed. */
  private int limit = FEW;

  private boolean closed;

  private TensorScope(@Nullable TensorScope outer) {
    this.outer = outer;
  }

  /** A created object. */
  private static final class Entry extends WeakReference<Object> {
    Entry(Object tensor) {
      super(tensor);
    }
  }

  /** Opens a scope for this thread, nested in its current scope, if any. */
  public static TensorScope open() {
    TensorScope scope = new TensorScope(INNERMOST.get());
    INNERMOST.set(scope);
    OPEN.incrementAndGet();
    return scope;
  }

  /** Adds an object created by this thread to its innermost scope, if any. */
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
   * Keeps a tensor: it moves to the enclosing scope of this thread, if any, instead of being
   * closed. A tensor that was not created in this scope is unaffected.
   *
   * @return the tensor
   * @throws BufferStateException if this scope was closed, or another thread opened it
   */
  public <T extends Tensor<?>> T keep(T tensor) {
    keep(tensor.argument());
    return tensor;
  }

  /** Keeps a tensor on several devices, like {@link #keep(Tensor)}. */
  public <S extends Sharded<?>> S keep(S tensor) {
    keep(tensor.argument());
    return tensor;
  }

  /** Keeps a tensor in host memory, like {@link #keep(Tensor)}. */
  public <H extends HostTensor<?>> H keep(H tensor) {
    move(tensor);
    return tensor;
  }

  /** Keeps a view, like {@link #keep(Tensor)}. */
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
          "A TensorScope is used by %s, but was opened by %s"
              .formatted(Thread.currentThread(), thread));
    }
    if (closed) {
      throw new BufferStateException("The TensorScope was closed");
    }
  }

  /**
   * Closes the objects that were created in this scope and not kept, and any open nested scopes.
   * Pending work continues and keeps its operands alive. Idempotent.
   *
   * @throws BufferStateException if another thread opened the scope; or, after everything else was
   *     closed, if a native call is using the segment of a {@link HostTensor} or {@link TensorView}
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
