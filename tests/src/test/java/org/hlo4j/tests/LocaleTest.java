package org.hlo4j.tests;

import static com.google.common.truth.Truth.assertThat;
import static com.google.common.truth.Truth.assertWithMessage;

import com.google.testing.compile.Compilation;
import com.google.testing.compile.Compiler;
import java.io.IOException;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.HexFormat;
import java.util.List;
import java.util.Locale;
import java.util.stream.Stream;
import javax.tools.JavaFileObject;
import org.hlo4j.DeviceBuffer;
import org.hlo4j.Pjrt;
import org.hlo4j.cli.Hlo4j;
import org.hlo4j.data.TensorFile;
import org.hlo4j.error.HloException;
import org.hlo4j.processor.KernelProcessor;
import org.hlo4j.processor.fixture.Source;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** What is generated, written, cached and printed is the same under every default locale. */
final class LocaleTest {
  private static final String FOLDER = "hlo4j.test.folder";

  @TempDir Path folder;

  private String run(String locale, String... more) throws IOException, InterruptedException {
    Path own = Files.createDirectory(folder.resolve("run"));
    Stream<String> options =
        Stream.concat(
            Stream.of(
                "--enable-native-access=ALL-UNNAMED",
                "-Dstdout.encoding=UTF-8",
                "-D" + FOLDER + "=" + own),
            Stream.concat(Stream.of(locale.split(" ", -1)), Stream.of(more)));
    String printed = ChildJvm.run(Everything.class, options.toArray(String[]::new));
    Files.move(own, folder.resolve("run of" + locale.replaceAll("\\W", "")));
    return printed;
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "-Duser.language=ar -Duser.country=EG",
        "-Duser.language=fa -Duser.country=IR",
        "-Duser.language=hi -Duser.country=IN -Duser.extensions=u-nu-deva",
        "-Duser.language=th -Duser.country=TH -Duser.extensions=u-nu-thai",
        "-Duser.language=tr -Duser.country=TR"
      })
  void everythingIsTheSameUnder(String locale) throws Exception {
    String expected = run("-Duser.language=en -Duser.country=US");

    assertThat(expected).contains("stablehlo.constant dense<12> : tensor<i32>");
    assertWithMessage(locale).that(run(locale)).isEqualTo(expected);
  }

  @Test
  void everythingIsTheSameWithAnAsciiEncoding() throws Exception {
    String expected = run("-Duser.language=en");

    assertThat(run("-Duser.language=en -Dfile.encoding=US-ASCII")).isEqualTo(expected);
  }

  /** What another JVM runs: it prints what it makes. */
  public static final class Everything {
    private static final String PROGRAM =
        """
        func.func @main(%x: tensor<12xf32>, %y: tensor<2x12xf32> {tf.aliasing_output = 1 : i32}) -> (tensor<12xf32>, tensor<2x12xf32>) {
          %0 = stablehlo.add %x, %x : tensor<12xf32> // größe
          return %0, %y : tensor<12xf32>, tensor<2x12xf32>
        }
        """;

    private static final String INTERFACE =
        """
        @Kernels public interface Dense {
          @TensorType("tensor<2x12xf32>") interface Big extends F32 {}
          @Kernel(\"""
              func.func @main(%x: tensor<2x12xf32>, %y: tensor<2x12xf32>) -> tensor<2x12xf32> {
                %0 = stablehlo.multiply %x, %y : tensor<2x12xf32>
                %1 = stablehlo.add %0, %x : tensor<2x12xf32> // größe
                return %1 : tensor<2x12xf32>
              }
              \""")
          DeviceBuffer<Big> fma(Tensor<Big> x, Tensor<Big> y);
          @Pipeline(\"""
              y = fma(x, x)
              repeat 12 (y) {
                y = fma(y, x)
              }
              return y
              \""")
          DeviceBuffer<Big> loop(Tensor<Big> x);
          @Pipeline(\"""
              fut = start fma(x, x)
              repeat 11 (x, fut) {
                y = done fut
                fut = start fma(y, x)
              }
              z = done fut
              return z
              \""")
          DeviceBuffer<Big> overlapped(Tensor<Big> x);
        }
        """;

    private Everything() {}

    /** Prints what is generated, written, explained, refused, and kept in the cache. */
    public static void main(String[] args) throws IOException {
      PrintStream out = System.out;
      Path folder = Path.of(System.getProperty(FOLDER));
      Compilation compilation =
          Compiler.javac()
              .withProcessors(new KernelProcessor())
              .withOptions("-Ahlo4j.verify=required", "-encoding", "UTF-8")
              .compile(Source.of("Dense", INTERFACE));
      for (JavaFileObject file : compilation.generatedFiles()) {
        if (file.getKind() != JavaFileObject.Kind.CLASS) {
          out.println(file.getName());
          // The file manager of the test reads in the default encoding; what is read is UTF-8.
          out.println(
              file.getKind() == JavaFileObject.Kind.SOURCE
                  ? file.getCharContent(true)
                  : new String(file.openInputStream().readAllBytes(), StandardCharsets.UTF_8));
        }
      }
      compilation.diagnostics().forEach(problem -> out.println(problem.getMessage(Locale.ROOT)));

      Path program = Files.writeString(folder.resolve("program.mlir"), PROGRAM);
      explain(program);
      files(folder, out);
    }

    private static void explain(Path program) {
      for (List<String> words :
          List.of(
              List.of("explain", program.toString()),
              List.of("explain", "--json", program.toString()),
              List.of("run", program.toString(), "--fill", "zeros"))) {
        System.out.println("status " + Hlo4j.run(words.toArray(String[]::new)));
      }
    }

    private static void files(Path folder, PrintStream out) throws IOException {
      Path cache = folder.resolve("cache");
      try (Pjrt client = Pjrt.builder().cache(cache).open()) {
        DeviceBuffer<Vec> x = client.device().put(Vec.class, new float[] {1, 2.5f, -3, 4});
        out.println(ArithmeticKernels.sync(client.device()).add(x, x).toArray().getClass());
        out.println(x + " " + ArithmeticKernels.metadata());
        for (String name : List.of("x.npy", "x.npz", "x.safetensors")) {
          Path file = folder.resolve(name);
          TensorFile.writer().add("x", x).write(file);
          out.println(TensorFile.open(file) + HexFormat.of().formatHex(Files.readAllBytes(file)));
        }
        try {
          client.device().put(Vec.class, new float[12]).close();
        } catch (HloException e) {
          out.println(e.getMessage());
        }
      }
      try (Stream<Path> kept = Files.list(cache)) {
        kept.map(file -> file.getFileName().toString()).sorted().forEach(out::println);
      }
    }
  }
}
