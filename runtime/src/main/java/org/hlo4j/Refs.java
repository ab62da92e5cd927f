package org.hlo4j;

import java.util.ArrayList;
import java.util.List;
import org.hlo4j.error.BufferStateException;
import org.hlo4j.internal.buffer.CallSite;
import org.hlo4j.type.Element;
import org.jspecify.annotations.Nullable;

/**
 * Scoped variables: {@code scoped} creates {@link Ref}s from initial values, passes them to a body,
 * and frees them when the body returns or throws.
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
 *   <li>The scope takes ownership of the initial values, like {@link Ref#of}. If one is rejected,
 *       those before it are freed, and those after it still belong to the caller.
 *   <li>The scope returns the body's result, or throws its exception. Tensors obtained by {@link
 *       Ref#get} stay open, and the caller closes them.
 *   <li>Using a variable after its scope throws an exception that names the scope. The body may
 *       close a variable earlier.
 *   <li>The scope does not wait for the device. Pending work keeps its operands alive, so a body
 *       may return the promise of a call. Code that runs later, such as an action of {@link
 *       Promise#onReady}, may not use the variables.
 * </ul>
 *
 * <p>Each {@code scoped} throws {@link BufferStateException} if an initial value was closed or
 * donated. Safe for use by multiple threads.
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
   * Runs a body with one variable per initial value, in order; {@link Ref#as} assigns their types.
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
