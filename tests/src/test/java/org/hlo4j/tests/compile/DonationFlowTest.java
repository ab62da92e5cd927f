package org.hlo4j.tests.compile;

import static com.google.common.truth.Truth.assertThat;
import static com.google.common.truth.Truth.assertWithMessage;
import static com.google.testing.compile.CompilationSubject.assertThat;

import com.google.testing.compile.Compilation;
import java.util.List;
import java.util.Locale;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import javax.tools.JavaFileObject;
import org.hlo4j.processor.fixture.Source;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

/** Where a body uses a value after it was donated, javac says so: there, and nowhere else. */
class DonationFlowTest {
  @ParameterizedTest(name = "{0}")
  @MethodSource("org.hlo4j.tests.compile.WrongFlows#all")
  void aUseAfterADonationIsReported(String what, FlowSource source) {
    assertThat(source.expected()).isNotEmpty();
    assertWithMessage("%s", what)
        .that(FlowSource.reported(source.compile()))
        .containsExactlyElementsIn(source.expected())
        .inOrder();
  }

  @ParameterizedTest(name = "{0}")
  @MethodSource("org.hlo4j.tests.compile.RightFlows#all")
  void whatDoesNoWrongIsNotReported(String what, FlowSource source) {
    assertThat(source.expected()).isEmpty();
    assertWithMessage("%s", what).that(FlowSource.reported(source.compile())).isEmpty();
  }

  static Stream<Arguments> texts() {
    return Stream.of(
        Arguments.of(
            """
            void f(Tensor<Vec> x) {
              /*call*/dense.halve(x);
              log(x);
            }
            """,
            "[HLO055] x is used here after it was donated: line # donates it to Dense.halve, whose"
                + " result reuses its memory"),
        Arguments.of(
            """
            void f(Step step) {
              dense.step(
                  /*call*/step.params(), put());
              log(step.params().w());
            }
            """,
            "[HLO055] step.params().w() is used here after it was donated: line # donates"
                + " step.params() to Dense.step, whose result reuses its memory"),
        Arguments.of(
            """
            void f(Tensor<Vec> w) {
              /*call*/dense.step(new Params(w, put()), put());
              log(w);
            }
            """,
            "[HLO055] w is used here after it was donated: line # donates new Params(…) to"
                + " Dense.step, whose result reuses its memory"),
        Arguments.of(
            """
            void f(Tensor<Vec> x) {
              /*call*/dense.addInto(x, x);
            }
            """,
            "[HLO055] x is used here after it was donated: the same call donates it to"
                + " Dense.addInto,"
                + " whose result reuses its memory"),
        Arguments.of(
            """
            void f(Tensor<Vec> x) {
              if (ready()) {
                /*call*/later.halve(x);
              }
              log(x);
            }
            """,
            "[HLO056] x may be used here after it was donated: line # donates it to Later.halve,"
                + " whose result reuses its memory"),
        Arguments.of(
            """
            void f(Tensor<Vec> x) {
              for (int i = 0; i < 9; i++) {
                /*call*/dense.halve(x);
              }
            }
            """,
            "[HLO056] x may be used here in the next iteration of the loop after it was donated:"
                + " line #"
                + " donates it to Dense.halve, whose result reuses its memory"),
        Arguments.of(
            """
            static class Owner { Owner(@Donated Tensor<Vec> x) {} }
            Tensor<Vec> f(Tensor<Vec> x) {
              /*call*/log(new Owner(x));
              return x;
            }
            """,
            "[HLO055] x is used here after it was donated: line # donates it to new Owner, whose"
                + " result reuses its memory"));
  }

  @ParameterizedTest
  @MethodSource("texts")
  void aReportNamesTheCallAndItsLine(String members, String text) {
    FlowSource source = new FlowSource(members);

    Compilation compilation = source.compile();

    assertThat(messages(compilation))
        .containsExactly(text.replace("#", String.valueOf(source.lineOf("/*call*/"))));
  }

  private static List<String> messages(Compilation compilation) {
    return compilation.diagnostics().stream().map(one -> one.getMessage(Locale.ROOT)).toList();
  }

  static Stream<Arguments> suppressed() {
    return Stream.of(
            """
            @SuppressWarnings("hlo4j") void f(Tensor<Vec> x) {
              dense.halve(x);
              log(x);
            }
            """,
            """
            void f(DeviceBuffer<Vec> x) {
              dense.halve(x);
              @SuppressWarnings({"unused", "hlo4j"}) float[] y = x.toFloatArray();
              log(y);
            }
            """,
            """
            @SuppressWarnings("hlo4j") static class Inner {
              Dense dense;
              class Innermost {
                Tensor<Vec> f(Tensor<Vec> x) {
                  if (x.isClosed()) {
                    dense.halve(x);
                  }
                  return x;
                }
              }
            }
            """,
            """
            @SuppressWarnings("hlo4j") Function<Tensor<Vec>, Tensor<Vec>> both =
                x -> dense.addInto(x, x);
            """,
            """
            void f(Tensor<Vec> x) {
              @SuppressWarnings("hlo4j") class Local {
                void g() {
                  dense.addInto(x, x);
                }
              }
              new Local().g();
            }
            """)
        .map(Arguments::of);
  }

  @ParameterizedTest
  @MethodSource("suppressed")
  void whatIsMeantCanBeSuppressed(String members) {
    FlowSource meant = new FlowSource(members);
    FlowSource notMeant = new FlowSource(members.replace("hlo4j", "other"));

    assertThat(FlowSource.reported(meant.compile())).isEmpty();
    assertThat(FlowSource.reported(notMeant.compile())).hasSize(1);
  }

  @Test
  void otherSuppressionsDoNotSuppress() {
    FlowSource source =
        new FlowSource(
            """
            @SuppressWarnings("unchecked") void f(Tensor<Vec> x) {
              @SuppressWarnings("hlo4j") Object y = dense.halve(x);
              log(/*spent*/x, y);
            }
            """);

    assertThat(FlowSource.reported(source.compile())).isEqualTo(source.expected());
  }

  /** javac goes through a file class by class, and rewrites each when it is done with it. */
  @Test
  void eachClassOfAFileIsChecked() {
    String body =
        """
          void f(Dense dense, Object o, DeviceBuffer<Vec> x, String s) {
            switch (s) {
              case "a", "b" -> dense.halve(x);
              default -> System.out.println(s);
            }
            Runnable lambda = () -> System.out.println(o instanceof Params(var w, var b) ? w + s + b : s);
            lambda.run();
            for (String t : new String[] {s, s + o}) {
              assert t != null : t;
            }
            Integer boxed = s.length();
            boxed++;
            try (var other = dense.add(/*maybe*/x, x)) {
              System.out.println(other + "" + boxed);
            }
          }
        """;
    JavaFileObject file =
        Source.of(
            "First",
            Stream.of(
                        "class First {",
                        "record Second() {",
                        "enum Third { A, B;",
                        "class Fourth extends Fifth {",
                        "class Fifth {",
                        "@interface Sixth { class Nested {")
                    .map(head -> head + "\n" + body + "}\n")
                    .collect(Collectors.joining())
                + "}\n");

    assertThat(FlowSource.expected(file)).hasSize(6);
    assertThat(FlowSource.reported(FlowSource.compile(file)))
        .containsExactlyElementsIn(FlowSource.expected(file));
  }

  @Test
  void reportsComeInTheSameOrderEachTime() {
    FlowSource source =
        new FlowSource(
            IntStream.range(0, 40)
                .mapToObj(
                    i ->
                        String.format(
                            Locale.ROOT,
                            """
                        void f%d(Tensor<Vec> x, Tensor<Vec> y, Tensor<Vec> z) {
                          if (ready()) {
                            dense.addInto(x, y);
                            later.halve(z);
                          }
                          log(/*maybe*/z, /*maybe*/x);
                          dense.halve(y);
                          log(/*spent*/y);
                        }
                        """,
                            i))
                .collect(Collectors.joining()));

    assertThat(FlowSource.reported(source.compile()))
        .containsExactlyElementsIn(source.expected())
        .inOrder();
  }

  @Test
  void whatIsDonatedInAClassFileCounts() {
    JavaFileObject file =
        Source.of(
            "User",
            """
            class User {
              void f(org.hlo4j.tests.Arithmetic kernels, Tensor<org.hlo4j.tests.Vec> x) {
                kernels.twiceInPlace(x);
                System.out.println(/*spent*/x);
              }
            }
            """);

    assertThat(FlowSource.reported(FlowSource.compile(file))).isEqualTo(FlowSource.expected(file));
  }

  static Stream<Arguments> broken() {
    return Stream.of(
            "void g() { nowhere(field).halve(); }",
            "void g() { int i = dense.halve(field); }",
            "void g(Nowhere<Vec> x) { dense.halve(x); log(x.y(), x.z); }",
            "void g() { Nowhere x = dense.halve(y); log(x); }",
            "void g() { dense.halve(); dense.nowhere(field); dense.halve(field, field); }",
            "void g() { new Nowhere(dense.halve(field)) { { dense.halve(field); } }; }",
            "void g() { Runnable r = x -> dense.halve(x); var y = x -> x; }",
            "void g() { switch (nowhere) { case Nowhere(var x) -> dense.halve(x); } }",
            "void g(Object o) { if (o instanceof Step(var x)) { dense.step(x, x); } }",
            "void g() { dense.halve(field); break; }",
            "void g() { outer: { dense.halve(field); continue outer; } }",
            "void g() { for (;;) { dense.halve(field); break nowhere; } }",
            "Tensor<Vec> g(Tensor<Vec> x) { dense.halve(field); yield x; }",
            "void g() { for (var x : nowhere) { dense.halve(x); } }",
            "void g() { try (var x = nowhere()) { dense.halve(x); } catch (Nowhere e) {} }",
            "void g() { var x = nowhere::halve; dense.halve(x::y); }",
            "void g() { return dense.halve(field); }",
            "void g(Tensor<Vec> x, Tensor<Vec> x) { dense.halve(x); log(x); }",
            "class G extends Nowhere implements Dense { { halve(field); } }",
            "class G extends G { void g(Tensor<Vec> x) { dense.halve(x); } }",
            "interface G<T extends T> { default void g(T x) { User.f(x); } }",
            "record G(int i, Nowhere n) { void g(G g) { new G(1, 2); g.n().n(); } }",
            "@SuppressWarnings(1) void g(Tensor<Vec> x) { dense.addInto(x, x); }",
            "void g(@Donated Nowhere x) { g(nowhere); g(x, x); this.g(); }",
            "void g() { int i = 1 + ; dense.halve(field) }",
            "void g( { dense.halve(field); }")
        .map(Arguments::of);
  }

  @ParameterizedTest
  @MethodSource("broken")
  void whatDoesNotCompileIsLeftToJavac(String member) {
    FlowSource source =
        new FlowSource(
            member
                + """

                void f(Tensor<Vec> x) {
                  dense.halve(x);
                }
                """);

    Compilation compilation = source.compile();

    assertThat(compilation).failed();
    assertThat(messages(compilation).toString()).doesNotContain("hlo4j has not looked");
  }

  @Test
  void aMistakeOfAnotherKindHidesNothing() {
    FlowSource source =
        new FlowSource(
            """
            void f(Tensor<Vec> x) {
              dense.halve(x);
              int i = nowhere;
              log(/*spent*/x, i);
            }
            """);

    Compilation compilation = source.compile();

    assertThat(compilation).hadErrorContaining("cannot find symbol");
    assertThat(FlowSource.reported(compilation)).containsAtLeastElementsIn(source.expected());
  }

  @Test
  void aLongMethodIsChecked() {
    String steps =
        IntStream.range(1, 2000)
            .mapToObj(
                i ->
                    i % 10 == 0
                        ? String.format(
                            Locale.ROOT,
                            "Tensor<Vec> x%d = ready() ? dense.halve(x%d) : put();\n",
                            i,
                            i - 1)
                        : String.format(
                            Locale.ROOT, "Tensor<Vec> x%d = dense.halve(x%d);\n", i, i - 1))
            .collect(Collectors.joining());
    FlowSource source =
        new FlowSource(
            "void f(Tensor<Vec> x0) {\n%slog(/*spent*/x1, /*maybe*/x1989, x1999);\n}\n"
                .formatted(steps));

    assertThat(FlowSource.reported(source.compile())).isEqualTo(source.expected());
  }

  @Test
  void manyLoopsInLoopsComeToAnEnd() {
    int depth = 12;
    String loops =
        IntStream.range(0, depth)
            .mapToObj("while (ready()) { if (ready()) { x%1$d = dense.halve(x%1$d); }\n"::formatted)
            .collect(Collectors.joining());
    String parameters =
        IntStream.range(0, depth)
            .mapToObj("Tensor<Vec> x%d"::formatted)
            .collect(Collectors.joining(", "));

    Compilation compilation =
        new FlowSource("void f(%s) {\n%s%s}\n".formatted(parameters, loops, "}".repeat(depth)))
            .compile();

    assertThat(compilation).succeededWithoutWarnings();
  }
}
