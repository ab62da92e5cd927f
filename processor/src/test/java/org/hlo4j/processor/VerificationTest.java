package org.hlo4j.processor;

import static com.google.testing.compile.CompilationSubject.assertThat;

import com.google.testing.compile.Compilation;
import java.util.List;
import java.util.Locale;
import javax.tools.JavaFileObject;
import org.hlo4j.processor.fixture.Source;
import org.hlo4j.processor.verify.ChildCommand;
import org.hlo4j.processor.verify.ScriptedChild;
import org.junit.jupiter.api.Test;

/** Child processes that fail while javac runs. */
final class VerificationTest {
  /** A kernel with a program that nobody has compiled before. */
  private static JavaFileObject chain(String name) {
    return Source.of(
        name,
        String.format(
            Locale.ROOT,
            """
            @Kernels public interface %s {
              @Kernel("// %d\\n"
                  + "func.func @main(%%x: tensor<4xf32>) -> tensor<4xf32> {\\n"
                  + "%%0 = stablehlo.multiply %%x, %%x : tensor<4xf32>\\n"
                  + "return %%0 : tensor<4xf32> }")
              DeviceBuffer<Vec> chain(Tensor<Vec> x);
            }
            """,
            name,
            System.nanoTime()));
  }

  private static Compilation compile(ChildCommand children, JavaFileObject source, String limit) {
    List<String> options = List.of(limit, "-Ahlo4j.verify=required");
    KernelProcessor processor = new KernelProcessor(usual -> children);
    return Source.compile(Source.strict(processor, options.toArray(String[]::new)), source);
  }

  @Test
  void aProgramThatTakesTooLongIsSaidToDoSo() {
    JavaFileObject slow = chain("Slow");

    assertThat(compile(ScriptedChild.hanging(), slow, "-Ahlo4j.verify.seconds=1"))
        .hadErrorContaining(
            "[HLO082] The program of chain: XLA did not compile it within 1 seconds;"
                + " -Ahlo4j.verify.seconds changes this limit")
        .inFile(slow);
  }

  @Test
  void aCrashOfXlaIsOneErrorAndJavacGoesOn() {
    JavaFileObject crashing = chain("Crashing");

    assertThat(compile(ScriptedChild.killed(), crashing, "-Ahlo4j.verify.seconds=86400"))
        .hadErrorContaining(
            "[HLO081] The program of chain: the process in which XLA compiled it was ended by"
                + " SIGKILL, which the system sends when memory runs out; your application would"
                + " fail in the same way")
        .inFile(crashing);
  }
}
