package org.hlo4j.tests;

import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.noClasses;
import static com.tngtech.archunit.library.dependencies.SlicesRuleDefinition.slices;

import com.tngtech.archunit.core.domain.JavaClasses;
import com.tngtech.archunit.core.importer.ClassFileImporter;
import com.tngtech.archunit.core.importer.ImportOption;
import org.junit.jupiter.api.Test;

/** Dependencies point one way. */
final class HouseTest {
  private static final JavaClasses CLASSES =
      new ClassFileImporter()
          .withImportOption(ImportOption.Predefined.DO_NOT_INCLUDE_TESTS)
          .withImportOption(location -> !location.contains("-tests.jar"))
          .importPackages(
              "org.hlo4j",
              "org.hlo4j.annotation",
              "org.hlo4j.error",
              "org.hlo4j.internal",
              "org.hlo4j.plugin",
              "org.hlo4j.processor",
              "org.hlo4j.stub",
              "org.hlo4j.type");

  @Test
  void noRoomsDependOnEachOtherInACircle() {
    slices().matching("org.hlo4j.(**)").should().beFreeOfCycles().check(CLASSES);
  }

  @Test
  void theRoomsBelowKnowNothingOfTheApi() {
    noClasses()
        .that()
        .resideInAnyPackage(
            "org.hlo4j.type..", "org.hlo4j.error..", "org.hlo4j.internal..", "org.hlo4j.plugin..")
        .should()
        .dependOnClassesThat()
        .resideInAnyPackage("org.hlo4j", "org.hlo4j.stub..")
        .check(CLASSES);
  }

  @Test
  void onlyOneRoomTouchesNativeCode() {
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
