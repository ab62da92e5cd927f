package org.hlo4j.tests;

import static com.google.common.truth.Truth.assertThat;
import static com.tngtech.archunit.core.domain.JavaClass.Predicates.resideInAPackage;
import static com.tngtech.archunit.core.domain.JavaClass.Predicates.resideInAnyPackage;
import static com.tngtech.archunit.core.domain.JavaClass.Predicates.resideOutsideOfPackages;
import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.classes;
import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.noClasses;
import static com.tngtech.archunit.library.Architectures.layeredArchitecture;
import static com.tngtech.archunit.library.dependencies.SlicesRuleDefinition.slices;

import com.tngtech.archunit.base.DescribedPredicate;
import com.tngtech.archunit.core.domain.JavaClass;
import com.tngtech.archunit.core.domain.JavaClasses;
import com.tngtech.archunit.core.importer.ClassFileImporter;
import com.tngtech.archunit.core.importer.ImportOption;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import org.hlo4j.DeviceArray;
import org.hlo4j.Promise;
import org.junit.jupiter.api.Test;

/**
 * Holds the code of all modules to CONTRIBUTING: what each module may use, the direction of
 * dependencies between packages, the size of packages, and the house rules that a machine can
 * check.
 */
final class ArchitectureTest {
  private static final JavaClasses CLASSES =
      new ClassFileImporter()
          .withImportOption(ImportOption.Predefined.DO_NOT_INCLUDE_TESTS)
          .withImportOption(location -> !location.contains("-tests.jar"))
          .importPackages("org.hlo4j");

  private static final String JDK = "java..";
  private static final String JSPECIFY = "org.jspecify..";
  private static final String GSON = "com.google.gson..";
  private static final String JAVAPOET = "com.palantir.javapoet..";

  private static final String ANNOTATIONS = "org.hlo4j.annotation..";
  private static final String DATA = "org.hlo4j.data..";
  private static final String PROCESSOR = "org.hlo4j.processor..";
  private static final String CLI = "org.hlo4j.cli..";
  private static final String EXAMPLES = "org.hlo4j.examples..";

  private static final DescribedPredicate<JavaClass> RUNTIME =
      resideInAPackage("org.hlo4j..")
          .and(resideOutsideOfPackages(ANNOTATIONS, DATA, PROCESSOR, CLI, EXAMPLES))
          .as("belong to the runtime");

  /** About 25: as large as a package may be. */
  private static final int MOST_CLASSES = 27;

  /** Packages that are larger: the public API, and the table of types. */
  private static final Set<String> LARGE_PACKAGES = Set.of("org.hlo4j", "org.hlo4j.type");

  /** Javadoc, perhaps with annotations and comments behind it, and then a declaration. */
  private static final Pattern OPENING =
      Pattern.compile(
          "^/\\*\\*(?:(?!\\*/).)*+\\*/\\s+(?:(?:@|//|\\)|\\s)[^\n]*\\n)*(?:[a-z-]+ )*"
              + "(?:class|record|interface|enum|@interface|package|module)\\b",
          Pattern.MULTILINE | Pattern.DOTALL);

  private static final String GENERATED = "org.hlo4j.internal.pjrt.abi";

  /** Modules that no other module's tests can load: their sources are read instead. */
  private static final Map<String, String> BUILD_MODULES =
      Map.of(
          "abi",
              "java\\.|javax\\.lang\\.model\\.|org\\.jspecify\\.|com\\.palantir\\.javapoet\\.|org\\.hlo4j\\.abi\\.",
          "maven-plugin", "java\\.|org\\.apache\\.maven\\.|org\\.jspecify\\.");

  @Test
  void annotationsUseNothing() {
    onlyUse(resideInAPackage(ANNOTATIONS), resideInAnyPackage(JDK, JSPECIFY, ANNOTATIONS));
  }

  @Test
  void theRuntimeUsesNothingButTheAnnotations() {
    onlyUse(
        RUNTIME,
        RUNTIME.or(
            resideInAnyPackage(JDK, "javax.management..", "jdk.jfr..", JSPECIFY, ANNOTATIONS)));
  }

  @Test
  void dataUsesTheRuntimeAndGson() {
    onlyUse(
        resideInAPackage(DATA),
        RUNTIME.or(resideInAnyPackage(JDK, JSPECIFY, ANNOTATIONS, GSON, DATA)));
  }

  @Test
  void theProcessorUsesTheRuntimeAndWhatProcessorsNeed() {
    onlyUse(
        resideInAPackage(PROCESSOR),
        RUNTIME.or(
            resideInAnyPackage(
                JDK,
                JSPECIFY,
                ANNOTATIONS,
                "javax.annotation.processing..",
                "javax.lang.model..",
                "javax.tools..",
                "com.sun.source..",
                "com.google.auto..",
                // What the methods of auto-common return.
                "com.google.common.base..",
                "com.google.common.collect..",
                JAVAPOET,
                PROCESSOR)));
  }

  @Test
  void theCommandUsesDataAndTheProcessor() {
    onlyUse(
        resideInAPackage(CLI),
        RUNTIME.or(
            resideInAnyPackage(
                JDK,
                "javax.imageio..",
                "javax.lang.model..",
                JSPECIFY,
                ANNOTATIONS,
                GSON,
                JAVAPOET,
                "picocli..",
                DATA,
                PROCESSOR,
                CLI)));
  }

  @Test
  void examplesUseWhatUsersMayUse() {
    noClasses()
        .that()
        .resideInAPackage(EXAMPLES)
        .should()
        .dependOnClassesThat()
        .resideInAnyPackage("org.hlo4j.internal..", "org.hlo4j.data.internal..", PROCESSOR, CLI)
        .check(CLASSES);
  }

  @Test
  void modulesOfTheBuildUseNoOtherModule() throws IOException {
    List<String> wrong = new ArrayList<>();
    for (Map.Entry<String, String> module : BUILD_MODULES.entrySet()) {
      Pattern other = Pattern.compile("^import (static )?(?!" + module.getValue() + ").*");
      for (Path source : Sources.main(module.getKey())) {
        Files.readAllLines(source).stream()
            .filter(line -> other.matcher(line).matches())
            .forEach(line -> wrong.add(source + ": " + line));
      }
    }
    assertThat(wrong).isEmpty();
  }

  private static void onlyUse(
      DescribedPredicate<? super JavaClass> users, DescribedPredicate<? super JavaClass> used) {
    classes().that(users).should().onlyDependOnClassesThat(used).check(CLASSES);
  }

  @Test
  void packagesAreSmall() {
    Map<String, Long> sizes =
        CLASSES.stream()
            .filter(type -> type.isTopLevelClass() && !type.getSimpleName().equals("package-info"))
            .map(JavaClass::getPackageName)
            .filter(name -> !name.equals(GENERATED) && !name.startsWith("org.hlo4j.examples"))
            .filter(name -> !LARGE_PACKAGES.contains(name))
            .collect(Collectors.groupingBy(name -> name, Collectors.counting()));
    assertThat(sizes.size()).isAtLeast(30);
    sizes.values().removeIf(size -> size <= MOST_CLASSES);
    assertThat(sizes).isEmpty();
  }

  @Test
  void noTestSleepsOrHasATimeoutOfItsOwn() throws IOException {
    assertThat(Sources.matches(Sources.tests(), "\\bsleep\\(|@Timeout\\b|\\bassertTimeout"))
        .isEmpty();
  }

  @Test
  void nothingIsLeftToBeDoneInComments() throws IOException {
    assertThat(Sources.matches(Sources.all(), "\\b(TODO|FIXME|XXX)\\b")).isEmpty();
  }

  @Test
  void onlyOneClassStartsOtherJvms() throws IOException {
    List<String> starts =
        Sources.matches(Sources.all(), "\"bin\", \"java\"").stream()
            // Examples use only what users may use.
            .filter(line -> !line.startsWith("examples/"))
            .toList();
    assertThat(starts).hasSize(1);
    assertThat(starts.getFirst()).contains("/internal/process/JvmCommand.java:");
  }

  @Test
  void everyTypeOpensWithJavadoc() throws IOException {
    List<Path> silent = new ArrayList<>();
    for (Path source : Sources.main()) {
      if (!OPENING.matcher(Files.readString(source)).find()) {
        silent.add(source);
      }
    }
    assertThat(silent).isEmpty();
  }

  @Test
  void noPackagesDependOnEachOtherInACircle() {
    slices().matching("org.hlo4j.(**)").should().beFreeOfCycles().check(CLASSES);
  }

  @Test
  void packagesBelowTheApiDoNotUseIt() {
    noClasses()
        .that()
        .resideInAnyPackage(
            "org.hlo4j.type..", "org.hlo4j.error..", "org.hlo4j.internal..", "org.hlo4j.plugin..")
        .should()
        .dependOnClassesThat()
        .resideInAnyPackage("org.hlo4j", "org.hlo4j.generated..")
        .check(CLASSES);
  }

  @Test
  void theApiHoldsWhatUsersImportAndImplementationsOfIt() {
    classes()
        .that()
        .resideInAPackage("org.hlo4j")
        .and()
        .areTopLevelClasses()
        .and()
        .areNotPublic()
        .and()
        .doNotHaveSimpleName("package-info")
        .should()
        .beAssignableTo(Promise.class)
        .orShould()
        .beAssignableTo(DeviceArray.class)
        .check(CLASSES);
  }

  @Test
  void callsUseTransfersAndThoseUseBuffersAndThoseUseDevices() {
    layeredArchitecture()
        .consideringOnlyDependenciesInAnyPackage("org.hlo4j.internal..")
        .layer("pjrt")
        .definedBy("org.hlo4j.internal.pjrt..")
        .layer("device")
        .definedBy("org.hlo4j.internal.device")
        .layer("buffer")
        .definedBy("org.hlo4j.internal.buffer")
        .layer("transfer")
        .definedBy("org.hlo4j.internal.transfer")
        .layer("program")
        .definedBy("org.hlo4j.internal.program")
        .layer("compile")
        .definedBy("org.hlo4j.internal.compile")
        .layer("call")
        .definedBy("org.hlo4j.internal.call")
        .whereLayer("call")
        .mayNotBeAccessedByAnyLayer()
        .whereLayer("compile")
        .mayOnlyBeAccessedByLayers("call")
        .whereLayer("transfer")
        .mayOnlyBeAccessedByLayers("call")
        .whereLayer("program")
        .mayOnlyBeAccessedByLayers("compile", "transfer", "call")
        .whereLayer("buffer")
        .mayOnlyBeAccessedByLayers("transfer", "call")
        .whereLayer("device")
        .mayOnlyBeAccessedByLayers("buffer", "transfer", "compile", "call")
        .check(CLASSES);
  }

  @Test
  void packagesBelowTheApiOfDataDoNotUseIt() {
    noClasses()
        .that()
        .resideInAPackage("org.hlo4j.data.internal..")
        .should()
        .dependOnClassesThat()
        .resideInAPackage("org.hlo4j.data")
        .check(CLASSES);
    noClasses()
        .that()
        .resideInAPackage("org.hlo4j.data.internal.element")
        .should()
        .dependOnClassesThat()
        .resideInAPackage("org.hlo4j.data.internal.write")
        .check(CLASSES);
  }

  @Test
  void onlyOnePackageTouchesNativeCode() {
    noClasses()
        .that()
        .resideOutsideOfPackage("org.hlo4j.internal.pjrt..")
        .should()
        .dependOnClassesThat()
        .haveFullyQualifiedName("java.lang.foreign.Linker")
        .orShould()
        .dependOnClassesThat()
        .haveFullyQualifiedName("java.lang.foreign.SymbolLookup")
        .orShould()
        .dependOnClassesThat()
        .resideInAPackage("org.hlo4j.internal.pjrt.abi")
        .check(CLASSES);
  }

  @Test
  void programsAreReadBeforeTheyAreAnalysedAndAnalysedBeforeTheyAreEdited() {
    layeredArchitecture()
        .consideringOnlyDependenciesInAnyPackage("org.hlo4j.internal.mlir..")
        .layer("text")
        .definedBy("org.hlo4j.internal.mlir.text")
        .layer("model")
        .definedBy("org.hlo4j.internal.mlir.model")
        .layer("syntax")
        .definedBy("org.hlo4j.internal.mlir.syntax")
        .layer("analysis")
        .definedBy("org.hlo4j.internal.mlir.analysis")
        .layer("rewrite")
        .definedBy("org.hlo4j.internal.mlir.rewrite")
        .whereLayer("text")
        .mayNotAccessAnyLayer()
        .whereLayer("model")
        .mayOnlyAccessLayers("text")
        .whereLayer("syntax")
        .mayOnlyAccessLayers("text", "model")
        .whereLayer("analysis")
        .mayOnlyAccessLayers("text", "model", "syntax")
        .check(CLASSES);
  }

  @Test
  void theProcessorsPlansAndProgramsKnowNothingOfJavac() {
    noClasses()
        .that()
        .resideInAnyPackage(
            "org.hlo4j.processor.check..",
            "org.hlo4j.processor.plan..",
            "org.hlo4j.processor.verify..",
            "org.hlo4j.processor.explain..",
            "org.hlo4j.internal.mlir..")
        .should()
        .dependOnClassesThat()
        .resideInAnyPackage("javax.lang.model..", "javax.annotation.processing..")
        .check(CLASSES);
  }

  @Test
  void dataFlowsOneWayThroughTheProcessor() {
    noClasses()
        .that()
        .resideInAnyPackage(
            "org.hlo4j.processor.read..",
            "org.hlo4j.processor.model..",
            "org.hlo4j.processor.check..",
            "org.hlo4j.processor.plan..")
        .should()
        .dependOnClassesThat()
        .resideInAPackage("org.hlo4j.processor.write..")
        .check(CLASSES);
    noClasses()
        .that()
        .resideInAnyPackage("org.hlo4j.processor.read..", "org.hlo4j.processor.model..")
        .should()
        .dependOnClassesThat()
        .resideInAnyPackage("org.hlo4j.processor.check..", "org.hlo4j.processor.plan..")
        .check(CLASSES);
  }
}
