package org.hlo4j.tests.compile;

import static com.google.common.truth.Truth.assertThat;
import static com.google.testing.compile.CompilationSubject.assertThat;

import com.google.testing.compile.Compilation;
import java.util.EnumSet;
import java.util.List;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import javax.tools.JavaFileObject;
import org.hlo4j.processor.fixture.Source;
import org.hlo4j.processor.message.Message;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** Each message of the processor: its text, its file and its line. */
class MessageTest {
  /** Stands in a source where the message belongs; the comment changes nothing. */
  private static final String HERE = "/*here*/";

  /** A source that is refused. */
  record Refusal(Message message, String text, String source) {
    @Override
    public String toString() {
      return message + ": " + text.lines().findFirst().orElse("");
    }
  }

  private static Refusal refusal(Message message, String text, String source) {
    return new Refusal(message, text, source);
  }

  static Stream<Refusal> refusals() {
    return Stream.of(
            interfaces(),
            programs(),
            types(),
            signatures(),
            donations(),
            devices(),
            PipelineRefusals.ALL)
        .flatMap(List::stream);
  }

  private static List<Refusal> devices() {
    return List.of(
        refusal(
            Message.DIFFERENT_DEVICES,
            "g runs on 4 devices, and f on 2; all kernels of an interface must run on the same"
                + " number of devices",
            """
            @Kernels interface Dense {
              @Kernel(value = $IDENTITY, replicas = 2) Sharded<Vec> f(Sharded<Vec> x);
              @Kernel(value = $IDENTITY, replicas = 4)
              /*here*/Sharded<Vec> g(Sharded<Vec> x);
            }
            """),
        refusal(
            Message.DEVICES_CONTRADICTED,
            "The program of f has mhlo.num_partitions = 2, but the annotation has partitions = 4",
            """
            @Kernels interface Dense {
              @Kernel(value = \"""
                  module attributes {mhlo.num_partitions = 2 : i32} {
                    func.func @main() { return }
                  }
                  \""", partitions = 4)
              /*here*/void f();
            }
            """),
        refusal(
            Message.BAD_DEVICES,
            "f has replicas = 0; the number must be between 1 and 32768",
            """
            @Kernels interface Dense {
              @Kernel(value = $IDENTITY, replicas = 0)
              /*here*/Tensor<Vec> f(Tensor<Vec> x);
            }
            """),
        refusal(
            Message.PLATFORMS,
            "The program of f, platforms are only allowed for a program exported for several,"
                + " unlike this one",
            """
            @Kernels interface Dense {
              @Kernel(value = /*here*/$IDENTITY, platforms = {"cuda", "cpu"})
              Tensor<Vec> f(Tensor<Vec> x);
            }
            """),
        refusal(
            Message.MISSING_FUNCTION,
            "The program of f, line 1, column 60: no published plugin provides lapack_spotrf_ffi,"
                + " a LAPACK function of JAX's own CPU client; export with platforms=[\"tpu\"],"
                + " which uses operations of XLA",
            """
            @Kernels interface Dense {
              @Kernel(/*here*/"func.func @main(%x: tensor<4xf32>) -> tensor<4xf32> { %0 = stablehlo.custom_call @lapack_spotrf_ffi(%x) : (tensor<4xf32>) -> tensor<4xf32> return %0 : tensor<4xf32> }")
              Tensor<Vec> f(Tensor<Vec> x);
            }
            """),
        refusal(
            Message.NOT_SHARDED,
            "x is on one device, but f runs on 2 (2 replicas of 1 partition): declare a"
                + " Sharded<Vec>",
            """
            @Kernels interface Dense {
              @Kernel(value = $IDENTITY, replicas = 2)
              Sharded<Vec> f(
                  /*here*/Tensor<Vec> x);
            }
            """),
        refusal(
            Message.SHARDED,
            "The result of f is on several devices, but f runs on one: declare a Tensor<Vec>, or"
                + " set the number of replicas or partitions in @Kernel",
            """
            @Kernels interface Dense {
              @Kernel($IDENTITY)
              /*here*/Sharded<Vec> f(Tensor<Vec> x);
            }
            """));
  }

  private static List<Refusal> interfaces() {
    return List.of(
        refusal(
            Message.OWN_TYPE,
            "f uses DenseAsync, which is generated from Dense; static and default methods may use"
                + " it, but kernels and extended interfaces may not",
            """
            @Kernels interface Dense {
              @Kernel($IDENTITY)
              /*here*/DeviceBuffer<Vec> f(DenseAsync x);
            }
            """),
        refusal(
            Message.OWN_TYPE,
            "f uses DenseKernels, which is generated from Dense",
            """
            @Kernels interface Dense {
              @Kernel($IDENTITY)
              /*here*/DenseKernels f(Tensor<Vec> x);
            }
            """),
        refusal(
            Message.OWN_TYPE,
            "f uses DenseAsync, which is generated from Dense",
            """
            @Kernels interface Dense {
              @Kernel($IDENTITY)
              /*here*/DeviceBuffer<Vec> f(Tensor<DenseAsync> x);
            }
            """),
        refusal(
            Message.OWN_TYPE,
            "f uses DenseAsync, which is generated from Dense",
            """
            @Kernels interface Dense {
              record In(Tensor<Vec> x, DenseAsync y) {}
              @Kernel($IDENTITY)
              /*here*/DeviceBuffer<Vec> f(In in);
            }
            """),
        refusal(
            Message.OWN_TYPE,
            "Inner uses Dense_InnerAsync, which is generated from Inner",
            """
            class Dense {
              /*here*/@Kernels interface Inner extends Dense_InnerAsync {
                @Kernel($IDENTITY) DeviceBuffer<Vec> f(Tensor<Vec> x);
              }
            }
            """),
        refusal(
            Message.NOT_AN_INTERFACE,
            "@Kernels is only allowed on interfaces; Dense is not one",
            "/*here*/@Kernels class Dense {}"),
        refusal(
            Message.NOT_AN_INTERFACE,
            "@Kernels is only allowed on interfaces; Dense is not one",
            "/*here*/@Kernels @interface Dense {}"),
        refusal(
            Message.GENERIC,
            "Dense has type parameters; the types of kernels must be known at compile time",
            "/*here*/@Kernels interface Dense<T> {}"),
        refusal(
            Message.GENERIC,
            "Base has type parameters; the types of kernels must be known at compile time",
            "interface Base<T> {}\n/*here*/@Kernels interface Dense extends Base<Vec> {}"),
        refusal(
            Message.GENERIC,
            "f has type parameters; the types of kernels must be known at compile time",
            """
            @Kernels interface Dense {
              @Kernel($IDENTITY)
              /*here*/<T extends Element> DeviceBuffer<T> f(Tensor<T> x);
            }
            """),
        refusal(
            Message.NO_KERNEL,
            "f has no @Kernel; every abstract method of a @Kernels interface must be a kernel",
            "@Kernels interface Dense {\n  /*here*/void f();\n}"),
        refusal(
            Message.NO_KERNEL,
            "close has no @Kernel; every abstract method of a @Kernels interface must be a kernel",
            "/*here*/@Kernels interface Dense extends AutoCloseable {}"),
        refusal(
            Message.NOT_IN_KERNELS,
            "@Kernel is only allowed on abstract methods of @Kernels interfaces",
            """
            interface Dense {
              @Kernel($IDENTITY)
              /*here*/DeviceBuffer<Vec> f(Tensor<Vec> x);
            }
            """),
        refusal(
            Message.NOT_IN_KERNELS,
            "@Kernel is only allowed on abstract methods of @Kernels interfaces",
            """
            @Kernels interface Dense {
              @Kernel($IDENTITY)
              /*here*/default void f(Tensor<Vec> x) {}
            }
            """),
        refusal(
            Message.OVERLOADED,
            "Dense has two kernels named f; the code generated for them would have the same names",
            """
            @Kernels interface Dense {
              @Kernel($IDENTITY)
              DeviceBuffer<Vec> f(Tensor<Vec> x);
              @Kernel($IDENTITY)
              /*here*/DeviceBuffer<Vec> f(DeviceBuffer<Vec> x);
            }
            """),
        refusal(
            Message.OBJECT_METHOD,
            "finalize() is a method of Object and cannot be a kernel",
            """
            @Kernels interface Dense {
              @Kernel("func.func @main() { return }")
              /*here*/void finalize();
            }
            """),
        refusal(
            Message.SEALED,
            "Dense is sealed, so the generated code cannot implement it",
            """
            /*here*/@Kernels sealed interface Dense permits Other {}
            final class Other implements Dense {}
            """),
        refusal(
            Message.NOT_WRITTEN,
            "The code generated from Dense cannot be written: ",
            "/*here*/@Kernels interface Dense {}\nclass DenseAsync {}"));
  }

  private static List<Refusal> programs() {
    return List.of(
        refusal(
            Message.DAMAGED_BYTECODE,
            "/org/hlo4j/tests/compile/filtered.mlirbc: this bytecode was filtered as text, which"
                + " destroyed it; exclude it from resource filtering (in Maven, by"
                + " nonFilteredFileExtensions of maven-resources-plugin)",
            """
            @Kernels interface Dense {
              @Kernel(
                  /*here*/resource = "/org/hlo4j/tests/compile/filtered.mlirbc",
                  signature = "(%x: tensor<4xf32>) -> tensor<4xf32>")
              DeviceBuffer<Vec> f(Tensor<Vec> x);
            }
            """),
        refusal(
            Message.NO_PROGRAM,
            "f has no program: give @Kernel a program text or a resource",
            "@Kernels interface Dense {\n  /*here*/@Kernel void f();\n}"),
        refusal(
            Message.TWO_PROGRAMS,
            "f has both a program text and a resource; remove one",
            """
            @Kernels interface Dense {
              /*here*/@Kernel(value = $IDENTITY, resource = "f.mlir") void f();
            }
            """),
        refusal(
            Message.NO_RESOURCE,
            """
            The program f.mlir was not found. Looked in:
              CLASS_OUTPUT: no f.mlir
              SOURCE_PATH: test/f.mlir
              CLASS_PATH: test/f.mlir\
            """,
            "@Kernels interface Dense {\n  /*here*/@Kernel(resource = \"f.mlir\") void f();\n}"),
        refusal(
            Message.BYTECODE,
            "/org/hlo4j/tests/compile/bytecode.mlirbc is MLIR bytecode, so the annotation must"
                + " declare its signature, as in signature = \"(%x: tensor<4xf32>) ->"
                + " tensor<4xf32>\"",
            """
            @Kernels interface Dense {
              /*here*/@Kernel(resource = "/org/hlo4j/tests/compile/bytecode.mlirbc") void f();
            }
            """),
        refusal(
            Message.SIGNATURE_TWICE,
            "A signature is only allowed for a program that is a function body; this program has a"
                + " @main",
            """
            @Kernels interface Dense {
              /*here*/@Kernel(value = $IDENTITY, signature = "()") void f();
            }
            """),
        refusal(
            Message.SIGNATURE_OF_RESOURCE,
            "A signature is only allowed for a function body in the annotation;"
                + " /org/hlo4j/tests/compile/identity.mlir is a complete program",
            """
            @Kernels interface Dense {
              /*here*/@Kernel(resource = "/org/hlo4j/tests/compile/identity.mlir", signature = "()")
              void f();
            }
            """),
        refusal(
            Message.BAD_PROGRAM,
            "The program of f, line 1, column 1: there is no function @main, the"
                + " program's entry\nfunc.func @other() { return }\n^",
            """
            @Kernels interface Dense {
              /*here*/@Kernel("func.func @other() { return }") void f();
            }
            """));
  }

  private static List<Refusal> types() {
    return List.of(
        refusal(
            Message.TENSOR_TYPE_NOT_AN_INTERFACE,
            "@TensorType is only allowed on interfaces; Dense is not one",
            "/*here*/@TensorType(\"tensor<4xf32>\") class Dense {}"),
        refusal(
            Message.BAD_TENSOR_TYPE,
            "'tensor<?xf32>' has a dynamic dimension; only static ones are supported",
            "/*here*/@TensorType(\"tensor<?xf32>\") interface Dense extends F32 {}"),
        refusal(
            Message.BAD_TENSOR_TYPE,
            "'tensor<4xf33>' has an unknown element type 'f33'",
            "/*here*/@TensorType(\"tensor<4xf33>\") interface Dense extends F32 {}"),
        refusal(
            Message.WRONG_MARKER,
            "Dense is a tensor<4xf32> and must extend F32; it extends I32",
            "/*here*/@TensorType(\"tensor<4xf32>\") interface Dense extends I32 {}"),
        refusal(
            Message.WRONG_MARKER,
            "Dense is a tensor<4xf32> and must extend F32; it extends no marker",
            "/*here*/@TensorType(\"tensor<4xf32>\") interface Dense {}"),
        kernel(
            Message.NOT_A_TENSOR,
            "x has the type float[]; a kernel takes Tensor<…>, DeviceBuffer<…>, BufferPromise<…>,"
                + " Ref<…>, or a record of those; on several devices, Sharded<…>",
            "DeviceBuffer<Vec> f(/*here*/float[] x);"),
        kernel(
            Message.NOT_A_RESULT,
            "The result of f has the type org.hlo4j.Ref<test.Vec>; a kernel returns",
            "/*here*/Ref<Vec> f(Tensor<Vec> x);"),
        kernel(
            Message.REF_DONATED,
            "x is a Ref, which the kernel updates in any case: remove @Donated",
            "void f(/*here*/@Donated Ref<Vec> x);"),
        refusal(
            Message.REF_WITHOUT_OUTPUT,
            "b is a Ref, but no remaining output is a tensor<4xf32> that could replace its value;"
                + " if the kernel only reads it, declare a Tensor<Vec>",
            """
            @Kernels interface Dense {
              @Kernel(
                  "func.func @main(%x: tensor<4xf32>, %y: tensor<4xf32>) -> tensor<4xf32> {"
                      + "return %x : tensor<4xf32> }")
              void f(
                  Ref<Vec> a,
                  /*here*/Ref<Vec> b);
            }
            """),
        kernel(
            Message.NOT_A_TENSOR,
            "x.size has the type int; a kernel takes",
            "record In(Tensor<Vec> v, int size) {}",
            "DeviceBuffer<Vec> f(/*here*/In x);"),
        kernel(
            Message.NOT_A_RESULT,
            "The result of f has the type float; a kernel returns DeviceBuffer<…>, Tensor<…>, a"
                + " record of tensors, or void; on several devices, Sharded<…> for a tensor",
            "/*here*/float f(Tensor<Vec> x);"),
        kernel(
            Message.NOT_A_RESULT,
            "The result of f has the type java.lang.String; a kernel returns",
            "/*here*/String f(Tensor<Vec> x);"),
        kernel(
            Message.NOT_A_RESULT,
            "The result of f has the type org.hlo4j.BufferPromise<test.Vec>; a kernel returns",
            "/*here*/BufferPromise<Vec> f(Tensor<Vec> x);"),
        kernel(
            Message.UNTYPED,
            "The result of f does not specify its tensor type: org.hlo4j.type.F32 has no valid"
                + " @TensorType",
            "/*here*/DeviceBuffer<F32> f(Tensor<Vec> x);"),
        kernel(
            Message.UNTYPED,
            "x does not specify its tensor type: org.hlo4j.Tensor has no type argument",
            "DeviceBuffer<Vec> f(/*here*/Tensor x);"),
        kernel(
            Message.UNTYPED,
            "x does not specify its tensor type: ? extends test.Vec is not a type with @TensorType",
            "DeviceBuffer<Vec> f(/*here*/Tensor<? extends Vec> x);"),
        kernel(
            Message.RECURSIVE_RECORD,
            "The record Loop contains itself",
            "record Loop(Tensor<Vec> v, Loop next) {}",
            "DeviceBuffer<Vec> f(/*here*/Loop x);"),
        kernel(
            Message.GENERIC_RECORD,
            "The record Pair has type parameters; the types of its tensors must be known at"
                + " compile time",
            "record Pair<T>(Tensor<Vec> v) {}",
            "DeviceBuffer<Vec> f(/*here*/Pair<Vec> x);"),
        refusal(
            Message.HIDDEN_TYPE,
            "test.Dense.Params is not visible to the generated code, which is in test",
            """
            class Dense {
              private record Params(Tensor<Vec> v) {}
              @Kernels interface Inner {
                @Kernel($IDENTITY)
                DeviceBuffer<Vec> f(/*here*/Params x);
              }
            }
            """),
        refusal(
            Message.HIDDEN_TYPE,
            "test.Dense.Hidden is not visible to the generated code, which is in test",
            """
            class Dense {
              @TensorType("tensor<4xf32>") private interface Hidden extends F32 {}
              @Kernels interface Inner {
                @Kernel($IDENTITY)
                DeviceBuffer<Vec> f(/*here*/Tensor<Hidden> x);
              }
            }
            """),
        refusal(
            Message.HIDDEN_TYPE,
            "Inner is not visible to the generated code, which is in test",
            "class Dense {\n  /*here*/@Kernels private interface Inner {}\n}"));
  }

  private static List<Refusal> signatures() {
    return List.of(
        kernel(
            Message.INPUT_COUNT,
            """
            The program of f takes 1 inputs, but the method takes 2.
              program: (tensor<4xf32>)
              method:  (x: tensor<4xf32>, y: tensor<2x3xf32>)\
            """,
            "/*here*/DeviceBuffer<Vec> f(Tensor<Vec> x, Tensor<Mat> y);"),
        kernel(
            Message.INPUT_TYPE,
            "Input 0 of the program, %x, is a tensor<4xf32>; x is a Ints (tensor<4xi32>)",
            "DeviceBuffer<Vec> f(/*here*/Tensor<Ints> x);"),
        refusal(
            Message.INPUT_TYPE,
            "Input 1 of the program, %y, is a tensor<2x3xf32>; b is a Vec (tensor<4xf32>); did you"
                + " mean to swap it with a?",
            """
            @Kernels interface Dense {
              @Kernel("func.func @main(%x: tensor<4xf32>, %y: tensor<2x3xf32>) { return }")
              void f(
                  Tensor<Mat> a,
                  /*here*/Tensor<Vec> b);
            }
            """),
        refusal(
            Message.INPUT_TYPE,
            "Input 0 of the program, %x, is a tensor<2x3xf32>; a is a Flipped (tensor<3x2xf32>);"
                + " did you mean its transpose?",
            """
            @Kernels interface Dense {
              @Kernel("func.func @main(%x: tensor<2x3xf32>) { return }")
              void f(/*here*/Tensor<Flipped> a);
            }
            """),
        kernel(
            Message.OUTPUT_COUNT,
            """
            The program of f returns 1 outputs, but the method returns 0.
              program: (tensor<4xf32>)
              method:  ()\
            """,
            "/*here*/void f(Tensor<Vec> x);"),
        kernel(
            Message.OUTPUT_TYPE,
            "Output 0 of the program is a tensor<4xf32>; the method's result is a Mat"
                + " (tensor<2x3xf32>)",
            "/*here*/DeviceBuffer<Mat> f(Tensor<Vec> x);"),
        kernel(
            Message.OUTPUT_TYPE,
            "Output 0 of the program is a tensor<4xf32>; the result's mat is a Mat"
                + " (tensor<2x3xf32>)",
            "record Out(DeviceBuffer<Mat> mat) {}",
            "/*here*/Out f(Tensor<Vec> x);"));
  }

  private static List<Refusal> donations() {
    return List.of(
        refusal(
            Message.NO_OUTPUT_TO_DONATE_TO,
            "b is donated, but no remaining output is a tensor<4xf32>, so its memory"
                + " cannot be reused",
            """
            @Kernels interface Dense {
              @Kernel(
                  "func.func @main(%x: tensor<4xf32>, %y: tensor<4xf32>) -> tensor<4xf32> {"
                      + "return %x : tensor<4xf32> }")
              DeviceBuffer<Vec> f(
                  @Donated Tensor<Vec> a,
                  /*here*/@Donated Tensor<Vec> b);
            }
            """),
        donation(
            Message.DONATED_AND_RETURNED,
            "b is donated to output 1, but output 0 is b itself, which needs the same memory",
            "Tensor<Vec> a, /*here*/@Donated(\"sum\") Tensor<Vec> b"),
        donation(
            Message.NO_SUCH_OUTPUT,
            "a is donated to \"smu\", but the result has no tensor of that name; did you mean sum?",
            "/*here*/@Donated(\"smu\") Tensor<Vec> a, Tensor<Vec> b"),
        donation(
            Message.OUTPUT_TAKEN,
            "b is donated to sum, which already reuses the memory of a",
            "@Donated(\"sum\") Tensor<Vec> a, /*here*/@Donated(\"sum\") Tensor<Vec> b"),
        refusal(
            Message.DONATED_TO_ANOTHER_TYPE,
            "a is a tensor<4xf32> and cannot be donated to mat, which is a tensor<2x3xf32>",
            """
            @Kernels interface Dense {
              record Out(DeviceBuffer<Mat> mat) {}
              @Kernel(
                  "func.func @main(%x: tensor<4xf32>) -> tensor<2x3xf32> {"
                      + "%0 = stablehlo.constant dense<0.0> : tensor<2x3xf32>\\n"
                      + "return %0 : tensor<2x3xf32> }")
              Out f(/*here*/@Donated("mat") Tensor<Vec> a);
            }
            """),
        refusal(
            Message.DONATED_ELSEWHERE,
            "a is donated to one, but the program donates it to output 1",
            """
            @Kernels interface Dense {
              record Out(DeviceBuffer<Vec> one, DeviceBuffer<Vec> two) {}
              @Kernel(
                  "func.func @main(%x: tensor<4xf32> {tf.aliasing_output = 1 : i32})"
                      + " -> (tensor<4xf32>, tensor<4xf32>) {"
                      + "%0 = stablehlo.negate %x : tensor<4xf32>\\n"
                      + "%1 = stablehlo.abs %x : tensor<4xf32>\\n"
                      + "return %0, %1 : tensor<4xf32>, tensor<4xf32> }")
              Out f(/*here*/@Donated("one") Tensor<Vec> a);
            }
            """),
        refusal(
            Message.DONATED_BY_PROGRAM_ONLY,
            "The program donates a ([tf.aliasing_output = 0 : i32]), but the method does not"
                + " declare it: add @Donated",
            """
            @Kernels interface Dense {
              @Kernel(
                  "func.func @main(%x: tensor<4xf32> {tf.aliasing_output = 0 : i32})"
                      + " -> tensor<4xf32> { return %x : tensor<4xf32> }")
              DeviceBuffer<Vec> f(/*here*/Tensor<Vec> a);
            }
            """),
        refusal(
            Message.DONATED_IN_GENERIC_FORM,
            "a is donated, but the program is in MLIR's generic form, to which the processor"
                + " cannot add the donation",
            """
            @Kernels interface Dense {
              @Kernel(
                  "\\"func.func\\"() <{function_type = (tensor<4xf32>) -> tensor<4xf32>,"
                      + " sym_name = \\"main\\"}> ({\\n"
                      + "^bb0(%x: tensor<4xf32>):\\n"
                      + "  \\"func.return\\"(%x) : (tensor<4xf32>) -> ()\\n"
                      + "}) : () -> ()")
              DeviceBuffer<Vec> f(/*here*/@Donated Tensor<Vec> a);
            }
            """));
  }

  /** A refusal of parameters whose program returns the second one and the sum of both. */
  private static Refusal donation(Message message, String text, String parameters) {
    return refusal(
        message,
        text,
        """
        @Kernels interface Dense {
          record Out(DeviceBuffer<Vec> same, DeviceBuffer<Vec> sum) {}
          @Kernel(
              "func.func @main(%%x: tensor<4xf32>, %%y: tensor<4xf32>)"
                  + " -> (tensor<4xf32>, tensor<4xf32>) {"
                  + "%%0 = stablehlo.add %%x, %%y : tensor<4xf32>\\n"
                  + "return %%y, %%0 : tensor<4xf32>, tensor<4xf32> }")
          Out f(%s);
        }
        """
            .formatted(parameters));
  }

  /** A refusal of a method of an interface. Its program takes and returns a {@code Vec}. */
  private static Refusal kernel(Message message, String text, String method) {
    return kernel(message, text, "", method);
  }

  private static Refusal kernel(Message message, String text, String record, String method) {
    return refusal(
        message,
        text,
        "@Kernels interface Dense {\n  %s\n  @Kernel($IDENTITY)\n  %s\n}\n"
            .formatted(record, method));
  }

  @ParameterizedTest
  @MethodSource("refusals")
  void aRefusalSaysWhatIsWrongWhereItIsWrong(Refusal refusal) {
    JavaFileObject file = Source.of("Dense", refusal.source());

    Compilation compilation = Source.compile(file);

    assertThat(compilation)
        .hadErrorContaining(
            // javac indents what follows the first line.
            "[%s] %s".formatted(refusal.message().id(), refusal.text().replace("\n", "\n  ")))
        .inFile(file)
        .onLine(Source.lineOf(refusal.source(), HERE));
  }

  @Test
  void everyMessageIsTested() {
    Set<Message> untested = EnumSet.allOf(Message.class);

    refusals().map(Refusal::message).forEach(untested::remove);
    // By PlanTest, VerificationTest and DonationFlowTest, which need more than a source.
    untested.removeAll(
        EnumSet.of(
            Message.BAD_OPTION,
            Message.NO_COMMITTED_PLAN,
            Message.PLAN_DIFFERS,
            Message.REFUSED_BY_XLA,
            Message.CRASHES_XLA,
            Message.TOO_SLOW_FOR_XLA,
            Message.NOT_VERIFIABLE,
            Message.NOT_VERIFIED,
            Message.USED_AFTER_DONATION,
            Message.MAYBE_USED_AFTER_DONATION));

    // The others of pipelines are tested by WrongInputsTest, with their lines and columns.
    Set<String> inTable =
        WrongInputTable.read().stream()
            .flatMap(section -> section.rows().stream())
            .map(WrongInput::id)
            .filter(id -> id.compareTo(Message.PIPELINE_AND_KERNEL.id()) >= 0)
            .collect(Collectors.toSet());
    untested.removeIf(message -> inTable.contains(message.id()));

    assertThat(untested).isEmpty();
  }

  @Test
  void everyMessageHasAnIdOfItsOwn() {
    List<String> ids = Stream.of(Message.values()).map(Message::id).toList();

    assertThat(ids).containsNoDuplicates();
    ids.forEach(id -> assertThat(id).matches("HLO[0-9]{3}"));
  }
}
