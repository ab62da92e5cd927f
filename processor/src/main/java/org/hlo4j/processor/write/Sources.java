package org.hlo4j.processor.write;

import com.palantir.javapoet.JavaFile;
import com.palantir.javapoet.TypeSpec;
import java.util.ArrayList;
import java.util.List;
import org.hlo4j.processor.plan.InterfacePlan;
import org.hlo4j.processor.plan.KernelPlan;

/**
 * What is generated for an interface.
 *
 * @param files the Java sources
 * @param resources the programs that do not stand in the sources
 */
public record Sources(List<JavaFile> files, List<Resource> resources) {
  /**
   * A program's text, beside the generated classes.
   *
   * @param name relative to the interface's package
   */
  public record Resource(String name, String text) {}

  /** The sources for a plan. */
  public static Sources of(InterfacePlan plan) {
    Names names = new Names(plan.source());
    String packageName = plan.source().name().packageName();
    List<Resource> resources = new ArrayList<>();
    for (KernelPlan kernel : plan.kernels()) {
      ProgramLiteral.resourceOf(names, kernel).ifPresent(resources::add);
    }
    return new Sources(
        List.of(
            file(packageName, new AsyncWriter(names, plan).write()),
            file(packageName, new KernelsWriter(names, plan).write())),
        resources);
  }

  private static JavaFile file(String packageName, TypeSpec type) {
    return JavaFile.builder(packageName, type).indent("  ").skipJavaLangImports(true).build();
  }
}
