package org.hlo4j.tests.compile;

import static com.google.common.truth.Truth.assertThat;
import static com.google.testing.compile.CompilationSubject.assertThat;

import com.google.testing.compile.Compilation;
import com.google.testing.compile.Compiler;
import java.io.File;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Locale;
import org.hlo4j.KernelMetadata;
import org.hlo4j.processor.fixture.GeneratedClasses;
import org.hlo4j.processor.fixture.Source;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** A program gets from the annotation, or the resource, to the runtime without a changed byte. */
class ProgramTextTest {
  private static final String PROGRAM =
      "func.func @main(%x: tensor<4xf32>) -> tensor<4xf32> {\n  return %x : tensor<4xf32>\n}\n";

  private static Compilation compile(Compiler compiler, String annotation, String parameter) {
    return Source.compile(
        compiler,
        Source.of(
            "Dense",
            "@Kernels public interface Dense {\n  @Kernel(%s)\n  DeviceBuffer<Vec> f(%s x);\n}\n"
                .formatted(annotation, parameter)));
  }

  private static String literal(String text) {
    StringBuilder out = new StringBuilder("\"");
    for (int i = 0; i < text.length(); i++) {
      char c = text.charAt(i);
      switch (c) {
        case '\n' -> out.append("\\n");
        case '\r' -> out.append("\\r");
        case '"' -> out.append("\\\"");
        case '\\' -> out.append("\\\\");
        default ->
            out.append(
                c >= ' ' && c < 0x7F ? "" + c : String.format(Locale.ROOT, "\\u%04x", (int) c));
      }
    }
    return out.append('"').toString();
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "plain",
        "back\\slash \\n \\\\ \\u0041 \\",
        "quotes \" \"\" \"\"\" \"\"\"\" \"\"\"\"\" \"\"\"\"\"\" \"",
        "\\\"\"\"",
        "\ttabs\tin\tit",
        "ends in a tab\t",
        "ends in blanks   ",
        " \t ",
        "carriage return\r",
        "form feed \f, bell \007 and \033 escape",
        "ends in a wide blank\u2003",
        "ends in a form feed\f",
        "caf\u00e9 \u65e5\u672c \ud83d\ude00 \u007f \u0085",
        "$L $T $S $$ $W $[ $] $> %s %n {0}",
        "*/ /* // @Override",
      })
  void oddCharactersSurvive(String odd) throws Exception {
    String text = "// " + odd + "\n" + PROGRAM + "//" + odd;

    Compilation compilation = compile(Source.strict(), literal(text), "Tensor<Vec>");

    assertThat(compilation).succeededWithoutWarnings();
    assertThat(new GeneratedClasses(compilation).programOf("test.DenseKernels", "F"))
        .isEqualTo(text);
  }

  @Test
  void oddCharactersSurviveInABuildWhoseSourcesAreAscii() throws Exception {
    String text = "// caf\u00e9 \u65e5\u672c\n" + PROGRAM;

    Compilation compilation =
        compile(Source.strict("-encoding", "US-ASCII"), literal(text), "Tensor<Vec>");

    assertThat(compilation).succeededWithoutWarnings();
    assertThat(new GeneratedClasses(compilation).programOf("test.DenseKernels", "F"))
        .isEqualTo(text);
  }

  @Test
  void aTextThatIsTooLongForAConstantAfterAnEditBecomesAResource() throws Exception {
    String text = PROGRAM + "// " + "x".repeat(65_520 - PROGRAM.length());

    Compilation compilation = compile(Source.strict(), literal(text), "@Donated Tensor<Vec>");

    assertThat(compilation).succeededWithoutWarnings();
    assertThat(new GeneratedClasses(compilation).programOf("test.DenseKernels", "F"))
        .isEqualTo(
            text.replace("%x: tensor<4xf32>", "%x: tensor<4xf32> {tf.aliasing_output = 0 : i32}"));
  }

  @Test
  void aTextThatJustFitsAConstantStaysOne() throws Exception {
    String text = PROGRAM + "// " + "\u00e9".repeat((65_532 - PROGRAM.length()) / 2);

    Compilation compilation = compile(Source.strict(), literal(text), "Tensor<Vec>");

    assertThat(compilation).succeededWithoutWarnings();
    assertThat(new GeneratedClasses(compilation).programOf("test.DenseKernels", "F"))
        .isEqualTo(text);
  }

  private static Compiler withResource(Path folder, String text) throws IOException {
    Files.createDirectories(folder.resolve("test"));
    Files.writeString(folder.resolve("test/f.mlir"), text);
    String classPath = System.getProperty("java.class.path");
    return Source.strict(
        "-Xlint:all,-classfile,-processing,-path",
        "-classpath",
        folder + File.pathSeparator + classPath);
  }

  @Test
  void aLargeResourceIsCopiedWhenAParameterIsDonated(@TempDir Path folder) throws Exception {
    String text = PROGRAM + "// \u65e5\u672c " + "x".repeat(200_000);

    Compilation compilation =
        compile(withResource(folder, text), "resource = \"f.mlir\"", "@Donated Tensor<Vec>");

    assertThat(compilation).succeededWithoutWarnings();
    GeneratedClasses classes = new GeneratedClasses(compilation);
    assertThat(classes.programOf("test.DenseKernels", "F"))
        .isEqualTo(
            text.replace("%x: tensor<4xf32>", "%x: tensor<4xf32> {tf.aliasing_output = 0 : i32}"));
    KernelMetadata metadata = classes.metadata("test.DenseKernels").get(0);
    assertThat(metadata.name()).isEqualTo("test.Dense.f");
    assertThat(metadata.inputs().get(0).donated()).isTrue();
  }

  @Test
  void aResourceThatIsNotRewrittenIsOpenedByItsOwnName(@TempDir Path folder) throws Exception {
    Compilation compilation =
        compile(withResource(folder, PROGRAM), "resource = \"f.mlir\"", "Tensor<Vec>");

    assertThat(compilation).succeededWithoutWarnings();
    assertThat(compilation)
        .generatedSourceFile("test.DenseKernels")
        .contentsAsUtf8String()
        .contains("() -> DenseKernels.class.getResourceAsStream(\"f.mlir\")");
  }

  @Test
  void aSyntaxErrorIsShownWithItsLineAndACaret() {
    Compilation compilation =
        compile(
            Source.strict(),
            "\"\"\"\n    func.func @main(%x: tensor<4xf32>) {\n      return %y :: tensor\n    }\n"
                + "    \"\"\"",
            "Tensor<Vec>");

    assertThat(compilation).hadErrorContaining("[HLO015] The program of f, line 2, column ");
    assertThat(compilation).hadErrorContaining("\n    return %y :: tensor\n");
    assertThat(compilation).hadErrorContaining("^");
  }

  @Test
  void aSyntaxErrorInABodyIsShownInTheLineThatTheUserWrote() {
    Compilation compilation =
        compile(
            Source.strict(),
            "signature = \"(%x: tensor<4xf32>)\\n    -> tensor<4xf32>\","
                + " value = \"// first\\nreturn %y : tensor<4xf32>\\n\"",
            "Tensor<Vec>");

    assertThat(compilation).hadErrorContaining("[HLO015] The program of f, line 2, column 8");
    assertThat(compilation).hadErrorContaining("\n  return %y : tensor<4xf32>\n         ^");
  }
}
