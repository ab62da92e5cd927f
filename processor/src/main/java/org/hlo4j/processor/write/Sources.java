package org.hlo4j.processor.write;

import com.palantir.javapoet.TypeSpec;
import java.util.ArrayList;
import java.util.List;
import org.hlo4j.processor.plan.InterfacePlan;
import org.hlo4j.processor.plan.KernelPlan;

/**
 * What is generated for an interface.
 *
 * @param packageName the interface's package
 * @param files the Java sources
 * @param resources the programs that do not stand in the sources
 */
public record Sources(String packageName, List<SourceFile> files, List<Resource> resources) {
  /**
   * A Java source.
   *
   * @param name the qualified name of its class
   */
  public record SourceFile(String name, String text) {}

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
        packageName,
        List.of(
            file(packageName, new AsyncWriter(names, plan).write()),
            file(packageName, new KernelsWriter(names, plan).write())),
        resources);
  }

  private static SourceFile file(String packageName, TypeSpec type) {
    String name = packageName.isEmpty() ? type.name() : packageName + "." + type.name();
    return new SourceFile(name, Tidying.text(packageName, type));
  }
}
