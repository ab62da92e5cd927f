package org.hlo4j.processor.write;

import com.palantir.javapoet.TypeSpec;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import org.hlo4j.processor.plan.InterfacePlan;
import org.hlo4j.processor.plan.KernelPlan;

/**
 * What is generated for an interface.
 *
 * @param resources the programs that do not stand in the sources, executables, checksums; and,
 *     last, the plan
 */
public record Sources(String packageName, List<SourceFile> files, List<Resource> resources) {
  /**
   * A Java source.
   *
   * @param name the qualified name of its class
   */
  public record SourceFile(String name, String text) {}

  /**
   * A file beside the generated classes. Immutable.
   *
   * @param name its name, relative to the interface's package
   */
  @SuppressWarnings("ArrayRecordComponent") // It is never changed, and resources are not compared.
  public record Resource(String name, byte[] content) {
    static Resource ofText(String name, String text) {
      return new Resource(name, text.getBytes(StandardCharsets.UTF_8));
    }

    public String text() {
      return new String(content, StandardCharsets.UTF_8);
    }
  }

  /** The resource that says what becomes of the buffers. */
  public Resource planText() {
    return resources.get(resources.size() - 1);
  }

  /** The sources for a plan. */
  public static Sources of(InterfacePlan plan) {
    Names names = new Names(plan.source());
    Target target = Target.of(plan);
    String packageName = plan.source().name().packageName();
    List<Resource> resources = new ArrayList<>();
    for (KernelPlan kernel : plan.kernels()) {
      ProgramLiteral.resourceOf(names, kernel).ifPresent(resources::add);
      ProgramLiteral.executableOf(names, kernel).ifPresent(resources::add);
    }
    ChecksumText.of(names, plan).ifPresent(resources::add);
    resources.add(PlanText.of(names, plan));
    return new Sources(
        packageName,
        List.of(
            file(packageName, new AsyncWriter(names, plan, target).write()),
            file(packageName, new KernelsWriter(names, plan, target).write())),
        resources);
  }

  private static SourceFile file(String packageName, TypeSpec type) {
    String name = packageName.isEmpty() ? type.name() : packageName + "." + type.name();
    return new SourceFile(name, SourceFormatter.format(packageName, type));
  }
}
