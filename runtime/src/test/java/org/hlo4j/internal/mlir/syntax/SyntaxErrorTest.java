package org.hlo4j.internal.mlir.syntax;

import static com.google.common.truth.Truth.assertThat;
import static org.junit.jupiter.api.Assertions.assertThrows;

import org.hlo4j.error.HloException;
import org.hlo4j.internal.mlir.text.MlirSyntaxException;
import org.junit.jupiter.api.Test;

final class SyntaxErrorTest {
  private static void assertError(String text, int line, int column, String problem) {
    MlirSyntaxException e = assertThrows(MlirSyntaxException.class, () -> MlirReader.read(text));

    assertThat(e.problem()).isEqualTo(problem);
    assertThat(e.line()).isEqualTo(line);
    assertThat(e.column()).isEqualTo(column);
  }

  @Test
  void showsTheLineWithACaret() {
    MlirSyntaxException e =
        assertThrows(
            MlirSyntaxException.class,
            () ->
                MlirReader.read(
                    """
                    func.func @main(%x: tensor<f32>) -> tensor<f32> {
                      %0 = stablehlo.add %x, %y : tensor<f32>
                      return %0 : tensor<f32>
                    }
                    """));

    assertThat(e)
        .hasMessageThat()
        .isEqualTo(
            """
            line 2, column 26: %y is not defined here
              %0 = stablehlo.add %x, %y : tensor<f32>
                                     ^\
            """);
    assertThat(e).isInstanceOf(HloException.class);
    assertThat(e.offset()).isEqualTo(75);
  }

  @Test
  void rejectsAValueOfAnotherFunction() {
    assertError(
        "func.func @a(%x: i1) { return }\nfunc.func @b() { return %x : i1 }",
        2, 25, "%x is not defined here");
  }

  @Test
  void rejectsAValueOfANestedRegion() {
    assertError(
        """
        func.func @main(%i: i32) {
          "a.b"() ({
            %0 = c.d : i32
          }) : () -> ()
          return %0 : i32
        }
        """,
        5, 10, "%0 is not defined here");
  }

  @Test
  void rejectsAValueBeforeItsDefinition() {
    assertError("func.func @main() {\n  %0 = a.b %0 : i32\n}", 2, 12, "%0 is not defined here");
  }

  @Test
  void rejectsAValueThatIsDefinedAgain() {
    assertError(
        "func.func @main(%x: i1) {\n  %x = a.b : i32\n}", 2, 3, "%x is already defined in line 1");
    assertError("func.func @main(%x: i1,\n %x: i1) {\n}", 2, 2, "%x is already defined in line 1");
    assertError(
        "func.func @main(%x: i1) {\n  \"a.b\"() ({\n  ^bb0(%x: i1):\n  }) : () -> ()\n}",
        3, 8, "%x is already defined in line 1");
  }

  @Test
  void rejectsAResultThatIsNotThere() {
    assertError(
        "func.func @main() {\n  %0:2 = a.b : i1, i2\n  return %0#2 : i1\n}",
        3, 10, "%0#2 is not defined: %0 has 2 values");
    assertError(
        "func.func @main(%x: i1) {\n  return %x#1 : i1\n}",
        2, 10, "%x#1 is not defined: %x has one value");
  }

  @Test
  void rejectsMoreOrFewerResultNamesThanResults() {
    assertError(
        "func.func @main() {\n  %0:2 = call @f() : () -> i1\n}",
        2, 3, "'func.call' has 1 results, but 2 are named");
    assertError(
        "func.func @main() {\n  %0 = \"a.b\"() : () -> ()\n}",
        2, 3, "'a.b' has 0 results, but 1 are named");
    assertError(
        "func.func @main() {\n  %0:2000000000 = a.b\n}",
        2, 3, "'a.b' does not have 2000000000 results");
    assertError(
        "func.func @main() {\n  %0:0 = a.b\n}", 2, 6, "expected the number of results, found '0'");
  }

  @Test
  void rejectsMoreOperandsThanTypes() {
    assertError(
        "func.func @main(%x: i1) {\n  \"a.b\"(%x, %x) : (i1) -> ()\n}",
        2, 19, "'a.b' has 2 operands, but types for 1");
  }

  @Test
  void rejectsAFunctionThatIsDefinedAgain() {
    assertError(
        "func.func @f() { return }\nfunc.func @f() { return }",
        2,
        11,
        "@f is already defined in line 1");
  }

  @Test
  void rejectsAnArgumentWithoutNameWhereThereIsABody() {
    assertError(
        "func.func @f(i32) {\n}", 1, 14, "this argument has no name, but the function has a body");
  }

  @Test
  void rejectsAMisspeltOperation() {
    assertError(
        "func.func @main(%x: i1) {\n  %0 = stablehlo.add %x, %x : i1\n  retrun %0 : i1\n}",
        3,
        3,
        "unknown operation 'retrun': all operations but return and call need their dialect, as in"
            + " stablehlo.add");
    assertError(
        "func @main() {}",
        1,
        1,
        "unknown operation 'func': all operations but return and call need their dialect, as in"
            + " stablehlo.add");
  }

  @Test
  void rejectsBracketsThatDoNotMatch() {
    assertError(
        "func.func @main(%x: i1) {\n  a.b (%x]\n}",
        2, 10, "']' does not close the '(' of line 2, column 7");
    assertError("func.func @main(%x: i1) {\n  a.b (%x\n", 2, 7, "'(' is never closed");
    assertError("func.func @main() {\n  a.b\n", 1, 19, "'{' is never closed");
    assertError("module attributes {x = [1\n", 1, 24, "'[' is never closed");
    assertError("module {\n}}", 2, 2, "expected a module or a function, found '}'");
    assertError("func.func @main() {\n  a.b )\n}", 2, 7, "')' has no opening bracket");
  }

  @Test
  void rejectsAStringThatIsNeverClosed() {
    assertError("func.func @main() {\n  a.b \"text\n}", 2, 7, "this string is never closed");
    assertError("module @\"m", 1, 9, "this string is never closed");
  }

  @Test
  void rejectsMetadataThatIsNeverClosed() {
    assertError("module {}\n{-# x", 2, 1, "'{-#' is never closed");
  }

  @Test
  void rejectsAnAttributeThatIsGivenTwice() {
    assertError("module attributes {a = 1, a = 2} {}", 1, 27, "attribute 'a' is given twice");
  }

  @Test
  void rejectsAnAttributeWithoutValue() {
    assertError("module attributes {a = } {}", 1, 24, "expected a value, found '}'");
    assertError("module attributes {1} {}", 1, 20, "expected an attribute's name, found '1'");
  }

  @Test
  void rejectsTextThatIsNoProgram() {
    assertError(
        "hello",
        1,
        1,
        "unknown operation 'hello': all operations but return and call need"
            + " their dialect, as in stablehlo.add");
    assertError(
        "ML\u00efR",
        1,
        1,
        "unknown operation 'ML': all operations but return and call need"
            + " their dialect, as in stablehlo.add");
    assertError("\u0000", 1, 1, "expected a module or a function, found '\u0000'");
  }

  @Test
  void rejectsAFunctionCutShort() {
    assertError("func.func", 1, 10, "expected a symbol, found the end of the text");
    assertError("func.func @f(", 1, 14, "expected a type, found the end of the text");
    assertError("func.func @f(%x", 1, 16, "expected ':', found the end of the text");
    assertError("func.func @main() {\n  %0 =\n}", 3, 1, "expected an operation's name, found '}'");
    assertError(
        "func.func @main() {\n  %0 stablehlo.add\n}", 2, 6, "expected '=', found 'stablehlo.add'");
  }

  @Test
  void rejectsAGenericFunctionWithoutSignature() {
    assertError(
        "\"func.func\"() ({}) : () -> ()", 1, 1, "a function needs a sym_name and a function_type");
    assertError(
        "\"func.func\"() <{sym_name = \"f\", function_type = i32}> ({}) : () -> ()",
        1,
        49,
        "function_type is not a function type");
    assertError(
        "\"func.func\"() <{sym_name = \"f\", function_type = () -> ()}> ({\n"
            + "^bb0(%x: i1):\n}) : () -> ()",
        1, 49, "the function takes 0 arguments, but its body has 1");
  }

  @Test
  void rejectsAnAliasThatIsDefinedAgain() {
    assertError("#a = 1\n#a = 2\nmodule {}", 2, 1, "alias #a is already defined");
  }

  @Test
  void cutsALongNameInAMessage() {
    MlirSyntaxException e =
        assertThrows(
            MlirSyntaxException.class,
            () -> MlirReader.read("func.func @f() { a.b %" + "x".repeat(100_000) + " }"));

    assertThat(String.valueOf(e.getMessage()).length()).isLessThan(2000);
  }
}
