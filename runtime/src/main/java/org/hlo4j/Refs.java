package org.hlo4j;

import java.util.ArrayList;
import java.util.List;
import org.hlo4j.error.BufferStateException;
import org.hlo4j.internal.buffer.CallSite;
import org.hlo4j.type.Element;
import org.jspecify.annotations.Nullable;

/**
 * Variables for as long as a piece of code runs: {@code scoped} makes {@link Ref}s from first
 * values, hands them to a body, and frees them when that returns or throws, whatever it has done
 * with them.
 *
 * <pre>{@code
 * float[] sum =
 *     Refs.scoped(
 *         device.put(Square.class, new float[4]),
 *         total -> {
 *           async.accumulate(total, x);
 *           async.accumulate(total, x);
 *           return total.toFloatArray();
 *         });
 * }</pre>
 *
 * <ul>
 *   <li>The first values are taken over, as by {@link Ref#of}. If one is refused, those before it
 *       are freed, and those behind it are still the caller's.
 *   <li>The result is the body's, and so is what it throws. A value that it took by {@link Ref#get}
 *       lives on, and whoever has it closes it.
 *   <li>A variable that is used afterwards is refused: it says which scope has ended. The body may
 *       close one earlier.
 *   <li>Nobody waits for the device. Work that is still running goes on, and has what it needs; so
 *       a body may return the promise of a call. Only what has not been started by then, such as an
 *       action for {@link Promise#onReady}, comes too late for the variables.
 * </ul>
 *
 * <p>Each {@code scoped} throws {@link BufferStateException} if a first value was closed or given
 * away. Safe for use by many threads.
 */
public final class Refs {
  private Refs() {}

  /** A body with one variable, which may throw an {@code X}. */
  @FunctionalInterface
  public interface Body1<A extends Element, R extends @Nullable Object, X extends Exception> {
    R run(Ref<A> a) throws X;
  }

  /** A body with two variables, which may throw an {@code X}. */
  @FunctionalInterface
  public interface Body2<
      A extends Element, B extends Element, R extends @Nullable Object, X extends Exception> {
    R run(Ref<A> a, Ref<B> b) throws X;
  }

  /** A body with three variables, which may throw an {@code X}. */
  @FunctionalInterface
  public interface Body3<
      A extends Element,
      B extends Element,
      C extends Element,
      R extends @Nullable Object,
      X extends Exception> {
    R run(Ref<A> a, Ref<B> b, Ref<C> c) throws X;
  }

  /** A body with four variables, which may throw an {@code X}. */
  @FunctionalInterface
  public interface Body4<
      A extends Element,
      B extends Element,
      C extends Element,
      D extends Element,
      R extends @Nullable Object,
      X extends Exception> {
    R run(Ref<A> a, Ref<B> b, Ref<C> c, Ref<D> d) throws X;
  }

  /** A body with any number of variables, which may throw an {@code X}. */
  @FunctionalInterface
  public interface BodyOfAll<R extends @Nullable Object, X extends Exception> {
    R run(List<Ref<?>> refs) throws X;
  }

  /** Runs a body with a variable. */
  public static <A extends Element, R extends @Nullable Object, X extends Exception> R scoped(
      Tensor<A> a, Body1<A, R, X> body) throws X {
    try (Scope scope = new Scope()) {
      return body.run(scope.ref(a));
    }
  }

  /** Runs a body with two variables. */
  public static <
          A extends Element, B extends Element, R extends @Nullable Object, X extends Exception>
      R scoped(Tensor<A> a, Tensor<B> b, Body2<A, B, R, X> body) throws X {
    try (Scope scope = new Scope()) {
      return body.run(scope.ref(a), scope.ref(b));
    }
  }

  /** Runs a body with three variables. */
  public static <
          A extends Element,
          B extends Element,
          C extends Element,
          R extends @Nullable Object,
          X extends Exception>
      R scoped(Tensor<A> a, Tensor<B> b, Tensor<C> c, Body3<A, B, C, R, X> body) throws X {
    try (Scope scope = new Scope()) {
      return body.run(scope.ref(a), scope.ref(b), scope.ref(c));
    }
  }

  /** Runs a body with four variables. */
  public static <
          A extends Element,
          B extends Element,
          C extends Element,
          D extends Element,
          R extends @Nullable Object,
          X extends Exception>
      R scoped(Tensor<A> a, Tensor<B> b, Tensor<C> c, Tensor<D> d, Body4<A, B, C, D, R, X> body)
          throws X {
    try (Scope scope = new Scope()) {
      return body.run(scope.ref(a), scope.ref(b), scope.ref(c), scope.ref(d));
    }
  }

  /**
   * Runs a body with as many variables as there are first values, in their order; {@link Ref#as}
   * gives each its type.
   */
  public static <R extends @Nullable Object, X extends Exception> R scoped(
      List<? extends Tensor<?>> values, BodyOfAll<R, X> body) throws X {
    try (Scope scope = new Scope()) {
      List<Ref<?>> refs = new ArrayList<>();
      for (Tensor<?> value : values) {
        refs.add(scope.ref(value));
      }
      return body.run(List.copyOf(refs));
    }
  }

  /** The variables that are freed together. */
  private static final class Scope implements AutoCloseable {
    private final CallSite site = CallSite.here("Refs.scoped", null);
    private final List<Ref<?>> refs = new ArrayList<>();

    <T extends Element> Ref<T> ref(Tensor<T> value) {
      Ref<T> ref = Ref.of(value);
      refs.add(ref);
      return ref;
    }

    @Override
    public void close() {
      refs.forEach(ref -> ref.closeWith(site));
    }
  }
}
