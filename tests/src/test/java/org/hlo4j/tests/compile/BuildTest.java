package org.hlo4j.tests.compile;

import static com.google.common.truth.Truth.assertThat;
import static com.google.testing.compile.CompilationSubject.assertThat;

import com.google.common.collect.ImmutableList;
import com.google.common.truth.Correspondence;
import com.google.testing.compile.Compilation;
import com.google.testing.compile.Compiler;
import com.google.testing.compile.JavaFileObjects;
import java.io.File;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.io.Writer;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import javax.annotation.processing.AbstractProcessor;
import javax.annotation.processing.RoundEnvironment;
import javax.lang.model.SourceVersion;
import javax.lang.model.element.TypeElement;
import javax.tools.DiagnosticCollector;
import javax.tools.FileObject;
import javax.tools.ForwardingJavaFileManager;
import javax.tools.JavaCompiler;
import javax.tools.JavaFileManager;
import javax.tools.JavaFileObject;
import javax.tools.StandardJavaFileManager;
import javax.tools.StandardLocation;
import javax.tools.ToolProvider;
import org.hlo4j.KernelMetadata;
import org.hlo4j.annotation.Kernel;
import org.hlo4j.processor.KernelProcessor;
import org.hlo4j.processor.fixture.GeneratedClasses;
import org.hlo4j.processor.fixture.Source;
import org.jspecify.annotations.NullMarked;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** How the processor behaves in a build: rounds, other processors, inheritance, incrementality. */
class BuildTest {
  private static final String DENSE =
      """
      @Kernels public interface Dense {
        @Kernel($IDENTITY)
        DeviceBuffer<Vec> f(Tensor<Vec> x);
      }
      """;

  @Test
  void generatingTwiceGivesTheSameBytes() {
    List<String> texts = new ArrayList<>();
    for (int i = 0; i < 2; i++) {
      Compilation compilation = Source.compile(Source.of("Dense", DENSE));
      StringBuilder text = new StringBuilder();
      compilation.generatedSourceFiles().forEach(file -> text.append(Source.textOf(file)));
      texts.add(text.toString());
    }

    assertThat(texts.get(0)).isEqualTo(texts.get(1));
    assertThat(texts.get(0)).contains("class DenseKernels");
  }

  /** What another module reads for itself is in the compilation, and yet not to be mentioned. */
  @Test
  void aModuleNeedNotReadTheModuleOfAnnotationProcessing(@TempDir Path folder) throws IOException {
    List<Path> files = new ArrayList<>();
    files.add(
        Files.writeString(
            folder.resolve("module-info.java"),
            "module test { requires jdk.jdeps; requires org.hlo4j.runtime; }"));
    for (JavaFileObject source : Source.withTensorTypes(List.of(Source.of("Dense", DENSE)))) {
      String name = source.getName().replaceFirst(".*/", "");
      files.add(Files.writeString(folder.resolve(name), Source.textOf(source)));
    }
    JavaCompiler javac = ToolProvider.getSystemJavaCompiler();
    DiagnosticCollector<JavaFileObject> diagnostics = new DiagnosticCollector<>();
    try (StandardJavaFileManager manager = javac.getStandardFileManager(diagnostics, null, null)) {
      List<String> options =
          List.of(
              "-d",
              folder.toString(),
              "--module-path",
              Stream.of(KernelMetadata.class, Kernel.class, NullMarked.class)
                  .map(type -> type.getProtectionDomain().getCodeSource().getLocation().getPath())
                  .collect(Collectors.joining(File.pathSeparator)),
              "-Ahlo4j.verify=off");
      JavaCompiler.CompilationTask task =
          javac.getTask(
              null,
              manager,
              diagnostics,
              options,
              null,
              manager.getJavaFileObjectsFromPaths(files));
      task.setProcessors(List.of(new KernelProcessor()));

      assertThat(task.call()).isTrue();
    }
    assertThat(diagnostics.getDiagnostics()).isEmpty();
    assertThat(Files.exists(folder.resolve("test/DenseKernels.class"))).isTrue();
  }

  @Test
  void kernelsAreInherited() throws Exception {
    Compilation compilation =
        Source.compile(
            Source.of("Dense", DENSE),
            Source.of(
                "More",
                """
                @Kernels public interface More extends Dense {
                  @Kernel($IDENTITY)
                  DeviceBuffer<Vec> g(Tensor<Vec> x);
                }
                """));

    assertThat(compilation).succeededWithoutWarnings();
    assertThat(new GeneratedClasses(compilation).metadata("test.MoreKernels"))
        .comparingElementsUsing(Correspondence.transforming(KernelMetadata::name, "is named"))
        .containsExactly("test.More.f", "test.More.g")
        .inOrder();
  }

  @Test
  void aProblemWithAnInheritedMethodIsShownAtTheInterfaceThatInheritsIt() {
    JavaFileObject more =
        Source.of(
            "More", "@Kernels public interface More extends java.util.concurrent.Callable {}");

    assertThat(Source.compile(Source.strict(), more))
        .hadErrorContaining("[HLO002] Callable has type parameters")
        .inFile(more)
        .onLineContaining("interface More");
  }

  @Test
  void aResourceOfAnInheritedKernelIsFoundFromAnotherPackage() throws Exception {
    JavaFileObject base =
        JavaFileObjects.forSourceString(
            "org.hlo4j.tests.compile.Base",
            """
            package org.hlo4j.tests.compile;
            import org.hlo4j.*;
            import org.hlo4j.annotation.*;
            @Kernels public interface Base {
              @Kernel(resource = "identity.mlir")
              DeviceBuffer<test.Vec> f(Tensor<test.Vec> x);
            }
            """);
    JavaFileObject more =
        Source.of("More", "@Kernels public interface More extends org.hlo4j.tests.compile.Base {}");

    Compilation compilation = Source.compile(base, more);

    assertThat(compilation).succeededWithoutWarnings();
    GeneratedClasses classes = new GeneratedClasses(compilation);
    assertThat(classes.programOf("test.MoreKernels", "F"))
        .isEqualTo(classes.programOf("org.hlo4j.tests.compile.BaseKernels", "F"));
  }

  @Test
  void methodsWithBodiesAndMethodsOfEveryObjectAreLeftAlone() {
    Compilation compilation =
        Source.compile(
            Source.of(
                "Dense",
                """
                @Kernels public interface Dense {
                  @Kernel($IDENTITY)
                  DeviceBuffer<Vec> f(Tensor<Vec> x);
                  default DeviceBuffer<Vec> twice(Tensor<Vec> x) { return f(f(x)); }
                  static int count() { return 1; }
                  private int hidden() { return 2; }
                  @Override boolean equals(Object other);
                  @Override String toString();
                }
                """));

    assertThat(compilation).succeededWithoutWarnings();
    assertThat(compilation)
        .generatedSourceFile("test.DenseAsync")
        .contentsAsUtf8String()
        .doesNotContain("twice");
  }

  @Test
  void deprecatedKernelsAndTypesCauseNoWarningInGeneratedCode() {
    Compilation compilation =
        Source.compile(
            Source.of(
                "Dense",
                """
                @Kernels public interface Dense {
                  /**
                   * Old.
                   *
                   * @deprecated since long
                   */
                  @Deprecated
                  @Kernel($IDENTITY)
                  DeviceBuffer<Vec> f(Tensor<Vec> x);
                  @SuppressWarnings("removal")
                  @Kernel($IDENTITY)
                  DeviceBuffer<Old> g(Tensor<Old> x);
                }
                """),
            Source.of(
                "Old",
                """
                @Deprecated(forRemoval = true)
                @TensorType("tensor<4xf32>")
                public interface Old extends F32 {}
                """));

    assertThat(compilation).succeededWithoutWarnings();
  }

  /** Generates a type in the second round, as other processors do. */
  private static final class Generator extends AbstractProcessor {
    private final String name;
    private final String text;
    private int round;

    Generator(String name, String text) {
      this.name = name;
      this.text = text;
    }

    @Override
    public Set<String> getSupportedAnnotationTypes() {
      return Set.of("*");
    }

    @Override
    public SourceVersion getSupportedSourceVersion() {
      return SourceVersion.latestSupported();
    }

    @Override
    public boolean process(Set<? extends TypeElement> annotations, RoundEnvironment environment) {
      round++;
      if (round == 1) {
        try (Writer writer =
            processingEnv.getFiler().createSourceFile("test." + name).openWriter()) {
          writer.write(Source.textOf(Source.of(name, text)));
        } catch (IOException e) {
          throw new UncheckedIOException(e);
        }
      }
      return false;
    }
  }

  private static Compilation compileBeside(Generator generator, JavaFileObject source) {
    return Source.compile(
        Compiler.javac()
            .withProcessors(new KernelProcessor(), generator)
            .withOptions("-Ahlo4j.verify=off"),
        source);
  }

  @Test
  void aTensorTypeThatAnotherProcessorGeneratesIsWaitedFor() {
    Compilation compilation =
        compileBeside(
            new Generator(
                "Late", "@TensorType(\"tensor<4xf32>\") public interface Late extends F32 {}"),
            Source.of("Dense", DENSE.replace("Vec", "Late")));

    assertThat(compilation).succeeded();
    assertThat(compilation).generatedSourceFile("test.DenseKernels");
  }

  @Test
  void aComponentOfARecordThatAnotherProcessorGeneratesIsWaitedFor() {
    Compilation compilation =
        compileBeside(
            new Generator("Late", "public record Late(Tensor<Vec> y) {}"),
            Source.of(
                "Dense",
                """
                @Kernels public interface Dense {
                  record In(Late late) {}
                  @Kernel($IDENTITY)
                  DeviceBuffer<Vec> f(In in);
                }
                """));

    assertThat(compilation).succeeded();
    assertThat(compilation)
        .generatedSourceFile("test.DenseKernels")
        .contentsAsUtf8String()
        .contains("f.start(in.late().y())");
  }

  @Test
  void aTypeThatNobodyGeneratesIsJavacsToReport() {
    Compilation compilation =
        Source.compile(
            Source.strict(),
            Source.of(
                "Dense",
                """
                @Kernels public interface Dense {
                  record In(Tensor<Vec> x, Nowhere y) {}
                  @Kernel($IDENTITY)
                  DeviceBuffer<Vec> f(In in);
                }
                """));

    assertThat(compilation).hadErrorContaining("cannot find symbol");
    compilation
        .errors()
        .forEach(error -> assertThat(error.getMessage(null)).doesNotContain("[HLO"));
  }

  @Test
  void whatIsNoKernelMayMentionWhatIsGeneratedFromItsInterface() throws Exception {
    Compilation compilation =
        Source.compile(
            Source.of(
                "Dense",
                """
                @Dense.Made(DenseKernels.class)
                @Kernels public interface Dense {
                  @interface Made { Class<?> value(); }
                  @Made(DenseAsync.class)
                  @Kernel($IDENTITY)
                  DeviceBuffer<Vec> f(@Made(DenseAsync.class) Tensor<Vec> x);
                  record Both(Dense sync, DenseAsync async) {}
                  interface Factory extends java.util.function.Function<Device, DenseAsync> {}
                  Factory FACTORY = DenseKernels::async;
                  static DenseAsync async(Device device) { return DenseKernels.async(device); }
                  static Dense sync(Device device) { return DenseKernels.sync(device); }
                  default BufferPromise<Vec> later(DenseAsync async, Tensor<Vec> x) {
                    return async.f(x);
                  }
                }
                """),
            Source.of(
                "More",
                """
                @Kernels public interface More extends Dense {
                  static DenseAsync other(MoreAsync async) { return null; }
                }
                """));

    assertThat(compilation).succeededWithoutWarnings();
    assertThat(new GeneratedClasses(compilation).metadata("test.DenseKernels")).hasSize(1);
  }

  @Test
  void anotherInterfacesGeneratedTypeIsWaitedFor() {
    Compilation compilation =
        Source.compile(
            Source.of("Dense", DENSE),
            Source.of("More", "@Kernels public interface More extends Other {}"),
            Source.of("Other", "interface Other { static DenseAsync f() { return null; } }"));

    assertThat(compilation).succeededWithoutWarnings();
    assertThat(compilation).generatedSourceFile("test.MoreKernels");
  }

  @Test
  void aTypeThatNobodyGeneratesIsReportedOnceAndOnlyByJavac() {
    for (String method :
        List.of(
            "DeviceBuffer<Vec> g(Tensro<Vec> x);",
            "@Kernel($IDENTITY) DeviceBuffer<Vec> g(Tensro<Vec> x);",
            "static void g(Tensro<Vec> x) {}")) {
      Compilation compilation =
          Source.compile(
              Source.strict(),
              Source.of("Dense", DENSE.replace("(Tensor<Vec> x);", "(Tensor<Vec> x);\n" + method)));

      assertThat(compilation.errors()).hasSize(1);
      assertThat(compilation).hadErrorContaining("class Tensro");
    }
  }

  @Test
  void theBuildIsToldThatEachFileComesFromOneInterface() {
    assertThat(new KernelProcessor().getSupportedOptions())
        .contains("org.gradle.annotation.processing.isolating");
  }

  @Test
  void everyGeneratedFileOriginatesFromItsInterface(@TempDir Path folder) throws IOException {
    JavaCompiler javac = ToolProvider.getSystemJavaCompiler();
    List<String> origins = new ArrayList<>();
    try (JavaFileManager files = javac.getStandardFileManager(null, null, null)) {
      JavaFileManager recording =
          new ForwardingJavaFileManager<>(files) {
            @Override
            public JavaFileObject getJavaFileForOutputForOriginatingFiles(
                Location location,
                String className,
                JavaFileObject.Kind kind,
                FileObject... originating)
                throws IOException {
              record(location, className, originating);
              return super.getJavaFileForOutputForOriginatingFiles(
                  location, className, kind, originating);
            }

            @Override
            public FileObject getFileForOutputForOriginatingFiles(
                Location location,
                String packageName,
                String name,
                @Nullable FileObject... originating)
                throws IOException {
              record(location, name, originating);
              return super.getFileForOutputForOriginatingFiles(
                  location, packageName, name, originating);
            }

            private void record(Location location, String name, FileObject... originating) {
              if (location == StandardLocation.SOURCE_OUTPUT || name.startsWith("DenseKernels.")) {
                List<String> from =
                    Arrays.stream(originating)
                        .map(file -> file.getName().replaceFirst("^/", ""))
                        .toList();
                origins.add(name + " from " + from);
              }
            }
          };
      String donating = DENSE.replace("(Tensor", "(@Donated Tensor");
      String fromResource = "resource = \"/org/hlo4j/tests/compile/identity.mlir\"";
      JavaFileObject dense = Source.of("Dense", donating.replace("$IDENTITY", fromResource));
      JavaCompiler.CompilationTask task =
          javac.getTask(
              null,
              recording,
              null,
              List.of("-d", folder.toString(), "-s", folder.toString(), "-Ahlo4j.verify=off"),
              null,
              Source.withTensorTypes(List.of(dense)));
      task.setProcessors(ImmutableList.of(new KernelProcessor()));

      assertThat(task.call()).isTrue();
    }
    assertThat(origins)
        .containsExactly(
            "test.DenseAsync from [test/Dense.java]",
            "test.DenseKernels from [test/Dense.java]",
            "DenseKernels.plan.txt from [test/Dense.java]",
            "DenseKernels.sha256 from [test/Dense.java]",
            "DenseKernels.f.mlir from [test/Dense.java]");
  }
}
