package org.hlo4j.tests.compile;

import static com.google.common.truth.Truth.assertWithMessage;
import static com.google.testing.compile.CompilationSubject.assertThat;

import com.google.testing.compile.Compilation;
import com.google.testing.compile.Compiler;
import com.google.testing.compile.JavaFileObjects;
import java.util.stream.Stream;
import javax.tools.Diagnostic;
import javax.tools.JavaFileObject;
import org.hlo4j.processor.KernelProcessor;
import org.hlo4j.processor.fixture.Source;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

/**
 * What a user may write that is odd but right compiles; what is wrong is refused, not crashed on.
 */
class OddSourcesTest {
  static Stream<Arguments> oddButRight() {
    return Stream.of(
        Arguments.of("no kernels", "@Kernels public interface Dense {}"),
        Arguments.of(
            "constants that have the names of kernels",
            """
            @Kernels public interface Dense {
              String F = $IDENTITY;
              String KERNELS = F;
              @Kernel(F)
              DeviceBuffer<Vec> f(Tensor<Vec> x);
            }
            """),
        Arguments.of(
            "nested types that have the names of the library's",
            """
            @Kernels public interface Dense {
              @TensorType("tensor<4xf32>") interface Device extends F32 {}
              interface Results {}
              interface BoundKernel {}
              interface KernelMetadata {}
              record Sync(Tensor<Device> value, Tensor<Vec> valuePromise, Tensor<Vec> inFlight) {}
              record Async(Sync promise) {}
              record Buffer(Tensor<Vec> buffer) {}
              record Record(Buffer nested) {}
              @Kernel("func.func @main(%x: tensor<4xf32>) -> "
                  + "(tensor<4xf32>, tensor<4xf32>, tensor<4xf32>) { "
                  + "return %x, %x, %x : tensor<4xf32>, tensor<4xf32>, tensor<4xf32> }")
              Async f(Tensor<Device> x);
              @Kernel($IDENTITY)
              Record g(Buffer device);
            }
            """),
        Arguments.of(
            "names that collide once they are constants",
            """
            @Kernels public interface Dense {
              @Kernel($IDENTITY) DeviceBuffer<Vec> kernels(Tensor<Vec> x);
              @Kernel($IDENTITY) DeviceBuffer<Vec> aB(Tensor<Vec> device);
              @Kernel($IDENTITY) DeviceBuffer<Vec> LOUD(Tensor<Vec> x);
              @Kernel($IDENTITY) DeviceBuffer<Vec> a_b(Tensor<Vec> kernels);
              @Kernel($IDENTITY) DeviceBuffer<Vec> start(Tensor<Vec> start);
              @Kernel($IDENTITY) DeviceBuffer<Vec> $(Tensor<Vec> $);
              @Kernel($IDENTITY) DeviceBuffer<Vec> yield(Tensor<Vec> record);
              @Kernel($IDENTITY) DeviceBuffer<Vec> wait(Tensor<Vec> x);
              @Kernel($IDENTITY) DeviceBuffer<Vec> equals(Tensor<Vec> x);
            }
            """),
        Arguments.of(
            "records without components",
            """
            @Kernels public interface Dense {
              record None() {}
              @Kernel("func.func @main() { return }")
              None f(None none);
            }
            """),
        Arguments.of(
            "records as results that hold promises, buffers and other records",
            """
            @Kernels public interface Dense {
              record Out(BufferPromise<Vec> late, DeviceBuffer<Vec> there, Empty empty) {}
              record Empty() {}
              @Kernel("func.func @main(%x: tensor<4xf32>) -> (tensor<4xf32>, tensor<4xf32>) { "
                  + "return %x, %x : tensor<4xf32>, tensor<4xf32> }")
              Out f(BufferPromise<Vec> x);
            }
            """),
        Arguments.of(
            "visibility less than public",
            """
            public class Dense {
              protected interface Middle {
                @Kernels interface Inner {
                  @Kernel($IDENTITY)
                  Out f(In x);
                }
                record In(Tensor<Vec> x) {}
              }
              record Out(Tensor<Vec> x) {}
            }
            """),
        Arguments.of(
            "declared exceptions and annotated types",
            """
            @Kernels public interface Dense {
              @Kernel($IDENTITY)
              @org.jspecify.annotations.NonNull DeviceBuffer<@org.jspecify.annotations.NonNull Vec>
                  f(@org.jspecify.annotations.Nullable Tensor<Vec> x) throws java.io.IOException;
            }
            """),
        Arguments.of(
            "a comment of Markdown that would end a traditional one",
            """
            @Kernels public interface Dense {
              /// `a*/b`
              @Kernel($IDENTITY)
              DeviceBuffer<Vec> f(Tensor<Vec> x);
            }
            """));
  }

  @ParameterizedTest(name = "{0}")
  @MethodSource("oddButRight")
  void whatIsOddButRightCompiles(String what, String source) {
    assertWithMessage(what).that(source).isNotEmpty();
    assertThat(Source.compile(Source.of("Dense", source))).succeededWithoutWarnings();
  }

  @Test
  void theUnnamedPackageWorks() {
    JavaFileObject kernels =
        JavaFileObjects.forSourceString(
            "Sync",
            """
            import org.hlo4j.DeviceBuffer;
            import org.hlo4j.annotation.*;
            import org.hlo4j.type.F32;
            @Kernels interface Sync {
              @TensorType("tensor<4xf32>") interface Vec extends F32 {}
              record Async() {}
              @Kernel(%s)
              DeviceBuffer<Vec> f(Tensor x);
            }
            """
                .formatted(Source.IDENTITY));

    JavaFileObject record =
        JavaFileObjects.forSourceString(
            "Tensor", "record Tensor(org.hlo4j.DeviceBuffer<Sync.Vec> device, Sync.Async rest) {}");

    assertThat(Source.strict().compile(kernels, record)).succeededWithoutWarnings();
  }

  static Stream<Arguments> wrong() {
    return Stream.of(
            "@Kernels interface Dense extends Nowhere {}",
            "@Kernels interface Dense extends java.util.List<String> {}",
            "@Kernels interface Dense extends Dense {}",
            "@Kernels enum Dense { A }",
            "@Kernels record Dense(int x) {}",
            "@Kernels interface Dense { @Kernel(1) void f(); }",
            "@Kernels interface Dense { @Kernel(Nowhere.TEXT) void f(); }",
            "@Kernels interface Dense { @Kernel(value = {\"a\", \"b\"}) void f(); }",
            "@Kernels interface Dense { @Kernel(\"\") void f(); }",
            "@Kernels interface Dense { @Kernel(\"}\") void f(); }",
            "@Kernels interface Dense { @Kernel(\"\\0\\uD800\\\"\") void f(); }",
            "@Kernels interface Dense { @Kernel($IDENTITY) f(Tensor<Vec> x); }",
            "@Kernels interface Dense { @Kernel($IDENTITY) void f(Tensor<Vec>... x); }",
            "@Kernels interface Dense { @Kernel($IDENTITY) void f(Tensor<Tensor<Vec>> x); }",
            "@Kernels interface Dense { @Kernel($IDENTITY) void f(Tensor<int> x); }",
            "@Kernels interface Dense { @Kernel($IDENTITY) void f(Tensor<Vec[]> x); }",
            "@Kernels interface Dense { @Kernel($IDENTITY) DeviceBuffer f(Tensor<Vec> x); }",
            "@Kernels interface Dense { @Kernel($IDENTITY) Tensor<?> f(Tensor<Vec> x); }",
            "@Kernels interface Dense { @Kernel($IDENTITY) Dense f(Dense x); }",
            "@Kernels interface Dense { @Kernel($IDENTITY) Object clone(); }",
            "@Kernels interface Dense { @Kernel($IDENTITY) class f {} }",
            "@Kernels interface Dense { @Kernel($IDENTITY) int F = 1; }",
            "@Kernels interface Dense { @Kernel(resource = \"/\") void f(); }",
            "@Kernels interface Dense { @Kernel(resource = \"../f\") void f(); }",
            "@Kernels interface Dense { @Kernel(resource = \"//f\\\\:*?\\n\") void f(); }",
            "@Kernels interface Dense { @Kernel(resource = \"\\0\") void f(); }",
            "@Kernels interface Dense { @Kernel(value = \"return\", signature = \"{\") void f(); }",
            "@Kernels interface Dense { @Kernel(value = \"}\", signature = \"()\") void f(); }",
            "@Kernels(1) interface Dense {}",
            "@Kernels @Kernels interface Dense {}",
            "@TensorType interface Dense extends F32 {}",
            "@TensorType(4) interface Dense extends F32 {}",
            "@TensorType(\"\") interface Dense extends F32 {}",
            "@TensorType(\"tensor<99999999999999999999xf32>\") interface Dense extends F32 {}",
            "@TensorType(\"tensor<4xf32>\") interface Dense extends Nowhere {}",
            "@TensorType(\"tensor<4xf32>\") enum Dense { A }",
            "@TensorType interface T extends F32 {}\n"
                + "@Kernels interface Dense { @Kernel($IDENTITY) void f(Tensor<T> x); }",
            "record R(R... r) {}\n"
                + "@Kernels interface Dense { @Kernel($IDENTITY) R f(Tensor<Vec> x); }",
            "record R(int... r, Nowhere n) {}\n"
                + "@Kernels interface Dense { @Kernel($IDENTITY) R f(Tensor<Vec> x); }",
            "class Dense { @Kernel($IDENTITY) void f() {} @Donated int x; }",
            "@Kernels interface Dense_Inner {}\n" + "class Dense { @Kernels interface Inner {} }",
            "@Kernels interface Dense {}\n@Kernels interface DenseAsync {}",
            "interface A { void f(); } interface B { int f(); }\n"
                + "@Kernels interface Dense extends A, B {}")
        .map(Arguments::of);
  }

  @ParameterizedTest
  @MethodSource("wrong")
  void whatIsWrongIsRefusedAndCrashesNothing(String source) {
    Compiler compiler =
        Compiler.javac().withProcessors(new KernelProcessor()).withOptions("-Ahlo4j.verify=off");

    Compilation compilation = Source.compile(compiler, Source.of("Dense", source));

    assertThat(compilation).failed();
    for (Diagnostic<? extends JavaFileObject> error : compilation.errors()) {
      JavaFileObject file = error.getSource();
      String name = file == null ? "" : file.getName();
      assertWithMessage("%s", error).that(name).doesNotContain("OUTPUT");
    }
  }

  @Test
  void deepNestingIsRefusedAndCrashesNothing() {
    String deep = "(".repeat(20_000);

    Compilation compilation =
        Source.compile(
            Source.strict(),
            Source.of(
                "Dense",
                "@Kernels interface Dense { @Kernel(\"func.func @main() { \\\"a\\\"() "
                    + deep
                    + "\") void f(); }"));

    assertThat(compilation).hadErrorContaining("[HLO015]");
  }
}
