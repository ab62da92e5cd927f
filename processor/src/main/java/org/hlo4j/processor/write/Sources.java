package org.hlo4j.processor.write;

import com.palantir.javapoet.TypeSpec;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.SortedSet;
import java.util.TreeSet;
import org.hlo4j.processor.plan.InterfacePlan;
import org.hlo4j.processor.plan.KernelPlan;

/**
 * The generated files of an interface.
 *
 * @param resources the programs that are not inline, executables, checksums and, last, the plan
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

  /** Returns the resource with the plan. */
  public Resource planText() {
    return resources.get(resources.size() - 1);
  }

  public static Sources of(InterfacePlan plan) {
    Names names = new Names(plan.source());
    Target target = Target.of(plan);
    String packageName = plan.source().name().packageName();
    List<Resource> resources = new ArrayList<>();
    for (KernelPlan kernel : plan.kernels()) {
      ProgramLiteral.resourceOf(names, kernel).ifPresent(resources::add);
      ProgramLiteral.executableOf(names, kernel).ifPresent(resources::add);
    }
    checksums(names, plan).ifPresent(resources::add);
    resources.add(plan(names, plan));
    return new Sources(
        packageName,
        List.of(
            file(packageName, new AsyncWriter(names, plan, target).write()),
            file(packageName, new KernelsWriter(names, plan, target).write())),
        resources);
  }

  /**
   * Returns the resource {@code DenseKernels.sha256}: the checksums of the resources that an
   * interface was generated from, in the format of {@code sha256sum}. Builds need it because a
   * compiler does not regenerate code if no source has changed. Empty if no program comes from a
   * resource.
   */
  private static Optional<Resource> checksums(Names names, InterfacePlan plan) {
    SortedSet<String> lines = new TreeSet<>();
    plan.kernels().stream()
        .flatMap(kernel -> kernel.origins().stream())
        .forEach(origin -> lines.add("%s  %s\n".formatted(origin.sha256(), origin.path())));
    String name = names.kernelsClass().simpleName() + ".sha256";
    return lines.isEmpty()
        ? Optional.empty()
        : Optional.of(Resource.ofText(name, String.join("", lines)));
  }

  /**
   * Returns the resource {@code DenseKernels.plan.txt}: how each kernel uses its buffers, for
   * reviewers, in a reproducible form.
   */
  private static Resource plan(Names names, InterfacePlan plan) {
    StringBuilder text = new StringBuilder();
    text.append(
        "# The buffers of %s's kernels. Written by hlo4j's annotation processor.\n"
            .formatted(plan.source().name().canonicalName()));
    plan.kernels().forEach(kernel -> text.append("\n%s\n".formatted(kernel.metadata())));
    return Resource.ofText(names.kernelsClass().simpleName() + ".plan.txt", text.toString());
  }

  private static SourceFile file(String packageName, TypeSpec type) {
    String name = packageName.isEmpty() ? type.name() : packageName + "." + type.name();
    return new SourceFile(name, SourceFormatter.format(packageName, type));
  }
}
