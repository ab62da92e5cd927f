package org.hlo4j.processor.write;

import static com.google.common.truth.Truth.assertThat;

import com.palantir.javapoet.AnnotationSpec;
import com.palantir.javapoet.ClassName;
import com.palantir.javapoet.CodeBlock;
import com.palantir.javapoet.FieldSpec;
import com.palantir.javapoet.MethodSpec;
import com.palantir.javapoet.TypeSpec;
import java.util.List;
import javax.lang.model.element.Modifier;
import org.junit.jupiter.api.Test;

/** The form of generated sources. */
final class SourceFormatterTest {
  private static String formatted(TypeSpec.Builder type) {
    return SourceFormatter.format("test", type.build());
  }

  private static TypeSpec.Builder dense() {
    return TypeSpec.classBuilder("Dense");
  }

  private static FieldSpec.Builder field(String name) {
    return FieldSpec.builder(int.class, name, Modifier.PRIVATE, Modifier.FINAL);
  }

  @Test
  void aSentenceOfJavadocStandsInOneLine() {
    assertThat(formatted(dense().addJavadoc("Kernels.\n")))
        .isEqualTo("package test;\n\n/** Kernels. */\nclass Dense {}\n");
  }

  @Test
  void aSentenceThatIsTooLongStaysWhereItIs() {
    String sentence = "x".repeat(95);

    assertThat(formatted(dense().addJavadoc(sentence + "\n")))
        .contains("/**\n * " + sentence + "\n */\n");
  }

  @Test
  void anEmptyBodyStandsInOneLine() {
    MethodSpec constructor = MethodSpec.constructorBuilder().addModifiers(Modifier.PRIVATE).build();

    assertThat(formatted(dense().addMethod(constructor))).contains("  private Dense() {}\n");
  }

  @Test
  void aSoleMemberStandsInTheLineOfItsAnnotation() {
    AnnotationSpec annotation =
        AnnotationSpec.builder(ClassName.get("test", "Kernel"))
            .addMember("resource", "$S", "a \"b\" )")
            .build();

    assertThat(formatted(dense().addAnnotation(annotation)))
        .contains("@Kernel(resource = \"a \\\"b\\\" )\")\nclass Dense {}");
  }

  @Test
  void noBlankLineIsBetweenFields() {
    assertThat(formatted(dense().addField(field("a").build()).addField(field("b").build())))
        .contains("  private final int a;\n  private final int b;\n");
  }

  @Test
  void literalsStayAsTheyAre() {
    String literal =
        "\"\"\"\n/**\n * Kernels.\n */\nclass X {\n}\n\\\"\"\"  @K(\n a = \"b\"\n )\n\"\"\"";
    FieldSpec text =
        FieldSpec.builder(String.class, "TEXT")
            .initializer("$L", CodeBlock.of("$L", literal))
            .build();

    assertThat(formatted(dense().addField(text)).replaceAll("(?m)^ +", ""))
        .contains(literal.replaceAll("(?m)^ +", ""));
  }

  @Test
  void argumentsThatDoNotFitStandOneInALine() {
    List<CodeBlock> arguments = List.of(CodeBlock.of("first"), CodeBlock.of("second"));

    assertThat(SourceFormatter.arguments(87, arguments).toString()).isEqualTo("first, second");
    assertThat(SourceFormatter.arguments(88, arguments).toString())
        .isEqualTo("\n    first,\n    second");
  }

  @Test
  void qualifiersThatBecomeImportsHaveNoLength() {
    CodeBlock code = CodeBlock.of("new $T(", ClassName.get("com.acme", "Params"));

    assertThat(SourceFormatter.length(code)).isEqualTo("new Params(".length());
  }

  @Test
  void qualifiersInLiteralsHaveTheirLength() {
    CodeBlock code = CodeBlock.of("$S", "com.acme.Params");

    assertThat(SourceFormatter.length(code)).isEqualTo("\"com.acme.Params\"".length());
  }
}
