package org.hlo4j.tests.compile;

import com.google.testing.compile.Compilation;
import com.google.testing.compile.Compiler;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import javax.tools.Diagnostic;
import javax.tools.JavaFileObject;
import org.hlo4j.processor.KernelProcessor;
import org.hlo4j.processor.fixture.Source;

/**
 * A user's class beside kernels that donate. A comment that says "spent" or "maybe" stands right
 * before each use that must be reported.
 */
record FlowSource(String members) {
  private static final Pattern MARK = Pattern.compile("/\\*(spent|maybe)\\*/");

  private static final String USER =
      """
      import java.util.List;
      import java.util.Map;
      import java.util.concurrent.CompletableFuture;
      import java.util.function.Function;
      import java.util.function.Supplier;
      abstract class User {
        Dense dense;
        Later later;
        Tensor<Vec> field;
        abstract DeviceBuffer<Vec> put();
        abstract boolean ready();
        abstract void log(Object... what);
      $MEMBERS
      }
      """;

  private static final List<JavaFileObject> KERNELS =
      List.of(
          Source.of("Params", "public record Params(Tensor<Vec> w, Tensor<Vec> b) {}"),
          Source.of("Step", "public record Step(Params params, DeviceBuffer<Vec> loss) {}"),
          Source.of(
              "Dense",
              """
              @Kernels public interface Dense {
                @Kernel("func.func @main(%x: tensor<4xf32>) -> tensor<4xf32> {\
               %0 = stablehlo.negate %x : tensor<4xf32>\\n return %0 : tensor<4xf32> }")
                DeviceBuffer<Vec> halve(@Donated Tensor<Vec> x);
                @Kernel("func.func @main(%x: tensor<4xf32>, %y: tensor<4xf32>) -> tensor<4xf32> {\
               %0 = stablehlo.add %x, %y : tensor<4xf32>\\n return %0 : tensor<4xf32> }")
                DeviceBuffer<Vec> add(Tensor<Vec> x, Tensor<Vec> y);
                @Kernel("func.func @main(%x: tensor<4xf32>, %y: tensor<4xf32>) -> tensor<4xf32> {\
               %0 = stablehlo.add %x, %y : tensor<4xf32>\\n return %0 : tensor<4xf32> }")
                DeviceBuffer<Vec> addInto(@Donated Tensor<Vec> x, Tensor<Vec> y);
                @Kernel("func.func @main(%x: tensor<4xf32>, %y: tensor<4xf32>) -> tensor<4xf32> {\
               %0 = stablehlo.add %x, %y : tensor<4xf32>\\n return %0 : tensor<4xf32> }")
                DeviceBuffer<Vec> addTo(Tensor<Vec> x, @Donated Tensor<Vec> y);
                @Kernel("func.func @main(%w: tensor<4xf32>, %b: tensor<4xf32>, %x: tensor<4xf32>)\
               -> (tensor<4xf32>, tensor<4xf32>, tensor<4xf32>) {\
               %0 = stablehlo.negate %w : tensor<4xf32>\\n\
               %1 = stablehlo.negate %b : tensor<4xf32>\\n\
               %2 = stablehlo.negate %x : tensor<4xf32>\\n\
               return %0, %1, %2 : tensor<4xf32>, tensor<4xf32>, tensor<4xf32> }")
                Step step(@Donated Params params, Tensor<Vec> x);
                @Kernel("func.func @main(%w: tensor<4xf32>, %b: tensor<4xf32>) -> tensor<4xf32> {\
               %0 = stablehlo.add %w, %b : tensor<4xf32>\\n return %0 : tensor<4xf32> }")
                DeviceBuffer<Vec> predict(Params params);
                @Kernel("func.func @main(%w: tensor<4xf32>) -> (tensor<4xf32>, tensor<4xf32>) {\
               %0 = stablehlo.negate %w : tensor<4xf32>\\n\
               return %w, %0 : tensor<4xf32>, tensor<4xf32> }")
                Params start(Tensor<Vec> w);
              }
              """),
          Source.of(
              "Later",
              """
              public interface Later {
                BufferPromise<Vec> halve(@Donated Tensor<Vec> x);
                BufferPromise<Vec> add(Tensor<Vec> x, Tensor<Vec> y);
                DenseAsync.StepPromise step(@Donated Params params, Tensor<Vec> x);
              }
              """));

  /** A report: what it is, and where, as a test's failure shows it. */
  private static String shown(String what, long line, long column) {
    return String.format(Locale.ROOT, "%s at %d:%d", what, line, column);
  }

  JavaFileObject file() {
    return Source.of("User", USER.replace("$MEMBERS", members));
  }

  /** What must be reported. */
  List<String> expected() {
    return expected(file());
  }

  /** What must be reported in a file that has marks. */
  static List<String> expected(JavaFileObject file) {
    List<String> expected = new ArrayList<>();
    String text = Source.textOf(file);
    Matcher mark = MARK.matcher(text);
    while (mark.find()) {
      int column = mark.end() - text.lastIndexOf('\n', mark.end());
      expected.add(shown(mark.group(1), lineOf(text, mark.end()), column));
    }
    return expected;
  }

  /** The line, counted from 1, on which a part of it is. */
  long lineOf(String part) {
    String text = Source.textOf(file());
    return lineOf(text, text.indexOf(part));
  }

  private static long lineOf(String text, int place) {
    return 1 + text.substring(0, place).chars().filter(c -> c == '\n').count();
  }

  /** What was reported, of any kind; what is none of this check's own is shown as it is. */
  static List<String> reported(Compilation compilation) {
    return compilation.diagnostics().stream().map(FlowSource::shown).toList();
  }

  private static String shown(Diagnostic<? extends JavaFileObject> diagnostic) {
    String text = diagnostic.getMessage(Locale.ROOT);
    boolean error = diagnostic.getKind() == Diagnostic.Kind.ERROR;
    boolean warning = diagnostic.getKind() == Diagnostic.Kind.WARNING;
    if ((error && text.startsWith("[HLO055] ")) || (warning && text.startsWith("[HLO056] "))) {
      return shown(
          error ? "spent" : "maybe", diagnostic.getLineNumber(), diagnostic.getColumnNumber());
    }
    return diagnostic.toString();
  }

  /** Compiles it with all warnings of javac. */
  Compilation compile() {
    return compile(file());
  }

  /** Compiles a file beside the kernels. */
  static Compilation compile(JavaFileObject... files) {
    List<JavaFileObject> all = new ArrayList<>(KERNELS);
    all.addAll(List.of(files));
    return Compiler.javac()
        .withProcessors(new KernelProcessor())
        .withOptions("-Xlint:all,-classfile,-processing", "-parameters", "-Ahlo4j.verify=off")
        .compile(Source.withTensorTypes(all));
  }
}
