package com.acme;
import org.hlo4j.*;
import org.hlo4j.annotation.*;
import org.hlo4j.type.F32;
/** Interfaces in a class, with types and methods that are deprecated. */
public final class Nested {
  private Nested() {}

  /** Old type. */
  @Deprecated @TensorType("tensor<4xf32>") public interface Ancient extends F32 {}
  /** Gone type. */
  @Deprecated(forRemoval = true, since = "1") @TensorType("tensor<3xf32>") public interface Gone extends F32 {}
  /** Nested, package-private. */
  @Kernels
  public interface Inner {
    @TensorType("tensor<4xf32>") interface V extends F32 {}
    record Pair(DeviceBuffer<V> a, DeviceBuffer<V> b) {}
    record Nest(Pair p, DeviceBuffer<V> c) {}
    @Kernel("func.func @main(%x: tensor<4xf32>) -> tensor<4xf32> { return %x : tensor<4xf32> }")
    DeviceBuffer<V> same(Tensor<V> x);
    @Deprecated
    @Kernel("func.func @main(%x: tensor<4xf32>) -> tensor<4xf32> { return %x : tensor<4xf32> }")
    DeviceBuffer<V> old(Tensor<V> x);
    @Deprecated(forRemoval = true)
    @Kernel("func.func @main(%x: tensor<4xf32>) -> tensor<4xf32> { return %x : tensor<4xf32> }")
    DeviceBuffer<V> gone(Tensor<V> x);
    @Kernel("func.func @main(%x: tensor<4xf32>, %y: tensor<4xf32>, %z: tensor<4xf32>) -> (tensor<4xf32>, tensor<4xf32>, tensor<4xf32>) { return %x, %y, %z : tensor<4xf32>, tensor<4xf32>, tensor<4xf32> }")
    Nest nest(Nest n);
    @Kernel("func.func @main(%x: tensor<4xf32>, %y: tensor<4xf32>) -> tensor<4xf32> { %0 = stablehlo.add %x, %y : tensor<4xf32> return %0 : tensor<4xf32> }")
    void bump(Ref<V> r, Tensor<V> y);
    @Kernel("func.func @main() { return }")
    void nothing();
    @Pipeline("""
      repeat 3 {
        bump(r, y)
      }
      """)
    void train(Ref<V> r, Tensor<V> y);
  }
  /** With deprecated types. */
  @Kernels
  @SuppressWarnings({"deprecation", "removal"})
  public interface Uses {
    /** A record. @param a first @param b second */
    record Out(DeviceBuffer<Ancient> a, DeviceBuffer<Gone> b) {}
    /** A kernel. @param x one @param y two @return both */
    @Kernel("func.func @main(%x: tensor<4xf32>, %y: tensor<3xf32>) -> (tensor<4xf32>, tensor<3xf32>) { return %x, %y : tensor<4xf32>, tensor<3xf32> }")
    Out same(Tensor<Ancient> x, @Donated Tensor<Gone> y);
    /** A kernel. @param x one @param y two */
    @Kernel("func.func @main(%x: tensor<4xf32>, %y: tensor<3xf32>) -> tensor<4xf32> { return %x : tensor<4xf32> }")
    void r(Ref<Ancient> x, Tensor<Gone> y);
  }
  /** Deprecated interface. */
  @Deprecated
  @Kernels
  public interface OldKernels {
    /** A kernel. @param x one @return it */
    @Kernel("func.func @main(%x: tensor<4xf32>) -> tensor<4xf32> { return %x : tensor<4xf32> }")
    DeviceBuffer<Inner.V> same(Tensor<Inner.V> x);
  }
  /** Deprecated for removal. */
  @Deprecated(forRemoval = true)
  @Kernels
  public interface GoneKernels {
    /** A kernel. @param x one @return it */
    @Kernel("func.func @main(%x: tensor<4xf32>) -> tensor<4xf32> { return %x : tensor<4xf32> }")
    DeviceBuffer<Inner.V> same(Tensor<Inner.V> x);
  }
}
