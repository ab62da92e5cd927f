package org.hlo4j.processor.pipeline.link;

import static com.google.common.truth.Truth.assertThat;

import org.hlo4j.processor.pipeline.graph.Callee;
import org.hlo4j.processor.pipeline.graph.TestCallees;
import org.junit.jupiter.api.Test;

/** Programs in one module. */
final class LinkerTest {
  private static final String WITH_HELPER =
      """
      func.func @main(%x: tensor<4xf32>) -> tensor<4xf32> {
        %0 = func.call @helper(%x) : (tensor<4xf32>) -> tensor<4xf32>
        return %0 : tensor<4xf32>
      }
      func.func private @helper(%x: tensor<4xf32>) -> tensor<4xf32> {
        return %x : tensor<4xf32>
      }
      """;

  private final Linker linker = new Linker();

  @Test
  void aMainFunctionIsCalledAsItsKernel() {
    Callee callee = TestCallees.unary("negate");

    assertThat(linker.symbol(callee)).isEqualTo("@negate");
    assertThat(linker.functions()).hasSize(1);
    assertThat(linker.functions().get(0))
        .startsWith("func.func private @negate(%x: tensor<4xf32>)");
  }

  @Test
  void aKernelThatIsCalledTwiceIsWrittenOnce() {
    Callee callee = TestCallees.unary("negate");

    assertThat(linker.symbol(callee)).isEqualTo(linker.symbol(callee));
    assertThat(linker.functions()).hasSize(1);
  }

  @Test
  void aKernelThatIsOnlyMentionedIsNotWritten() {
    assertThat(linker.rename(TestCallees.unary("negate"), "@main")).isEqualTo("@negate");
    assertThat(linker.functions()).isEmpty();
  }

  @Test
  void helpersOfOneNameAreToldApart() {
    assertThat(linker.symbol(TestCallees.of("f", WITH_HELPER))).isEqualTo("@f");
    assertThat(linker.symbol(TestCallees.of("g", WITH_HELPER))).isEqualTo("@g");
    String functions = String.join("\n", linker.functions());

    assertThat(functions).contains("func.call @f_helper(%x)");
    assertThat(functions).contains("func.func private @f_helper(");
    assertThat(functions).contains("func.call @g_helper(%x)");
    assertThat(functions).contains("func.func private @g_helper(");
  }

  @Test
  void aNameThatIsTakenGetsANumber() {
    assertThat(linker.symbol(TestCallees.of("f", WITH_HELPER))).isEqualTo("@f");

    assertThat(linker.symbol(TestCallees.unary("f_helper"))).isEqualTo("@f_helper_2");
    assertThat(linker.add("f", "()")).isEqualTo("@f_2");
    assertThat(linker.symbol(TestCallees.unary("main"))).isEqualTo("@main_2");
  }

  @Test
  void donationsStayBehind() {
    Callee callee =
        TestCallees.of(
            "f",
            """
            func.func @main(
                %x: tensor<4xf32> {tf.aliasing_output = 0 : i32, mhlo.layout = "tf.aliasing_output"})
                -> tensor<4xf32> {
              %0 = stablehlo.negate %x : tensor<4xf32>
              return %0 : tensor<4xf32>
            }
            """);

    assertThat(linker.symbol(callee)).isEqualTo("@f");
    assertThat(linker.functions().get(0))
        .startsWith(
            "func.func private @f(%x: tensor<4xf32> {mhlo.layout = \"tf.aliasing_output\"})");
  }

  @Test
  void stringsAndCommentsKeepTheirNames() {
    Callee callee = TestCallees.of("f", WITH_HELPER);

    assertThat(linker.rename(callee, "\"@helper\" @helper // @helper\n@main"))
        .isEqualTo("\"@helper\" @f_helper // @helper\n@f");
  }

  @Test
  void aliasesAreToldApart() {
    String program =
        """
        #shape = dense<0> : tensor<1xi64>
        func.func @main(%x: tensor<4xf32>) -> tensor<4xf32> {
          %0 = stablehlo.negate %x {note = #shape} : tensor<4xf32>
          return %0 : tensor<4xf32>
        }
        """;
    assertThat(linker.symbol(TestCallees.of("f", program))).isEqualTo("@f");
    assertThat(linker.symbol(TestCallees.of("g", program))).isEqualTo("@g");

    assertThat(linker.aliases())
        .containsExactly("#fshape = dense<0> : tensor<1xi64>", "#gshape = dense<0> : tensor<1xi64>")
        .inOrder();
    assertThat(linker.functions().get(1)).contains("{note = #gshape}");
  }

  @Test
  void symbolsThatSayTheSameAreWrittenOnce() {
    String program =
        """
        module {
          sdy.mesh @mesh = <["a"=%d]>
          func.func @main(%%x: tensor<4xf32>) -> tensor<4xf32> {
            %%0 = sdy.sharding_constraint %%x <@mesh, [{"a"}]> : tensor<4xf32>
            return %%0 : tensor<4xf32>
          }
        }
        """;
    for (String name : new String[] {"f", "g"}) {
      assertThat(linker.symbol(TestCallees.of(name, program.replace("%d", "2").replace("%%", "%"))))
          .isEqualTo("@" + name);
    }
    assertThat(linker.symbol(TestCallees.of("h", program.replace("%d", "4").replace("%%", "%"))))
        .isEqualTo("@h");

    assertThat(linker.symbols())
        .containsExactly("sdy.mesh @mesh = <[\"a\"=2]>", "sdy.mesh @mesh_2 = <[\"a\"=4]>")
        .inOrder();
    assertThat(linker.functions().get(1)).contains("<@mesh, ");
    assertThat(linker.functions().get(2)).contains("<@mesh_2, ");
  }
}
