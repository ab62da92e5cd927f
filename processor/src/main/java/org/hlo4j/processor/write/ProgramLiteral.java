package org.hlo4j.processor.write;

import com.palantir.javapoet.ClassName;
import com.palantir.javapoet.CodeBlock;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.hlo4j.generated.Kernel;
import org.hlo4j.internal.mlir.analysis.ProgramDigest;
import org.hlo4j.processor.model.KernelProgram;
import org.hlo4j.processor.model.ProgramOrigin;
import org.hlo4j.processor.model.Structure;
import org.hlo4j.processor.plan.KernelPlan;
import org.hlo4j.processor.write.Sources.Resource;

/** The representation of a program in generated code: a text block, or a resource. */
final class ProgramLiteral {
  /** The maximum length of a constant in a class file. */
  private static final int LONGEST_CONSTANT = 65_535;

  /** The indentation of calls chained to a kernel's factory. */
  private static final int CHAIN_INDENT = 6;

  private ProgramLiteral() {}

  /** Returns the expression that creates a kernel. */
  static CodeBlock kernel(Names names, KernelPlan plan) {
    ClassName stubs = names.kernelsClass();
    CodeBlock.Builder arguments =
        CodeBlock.builder().add("$T.class,\n$S,\n", stubs, plan.method().qualifiedName());
    String factory = "ofText";
    if (isInline(plan)) {
      arguments.add(TextBlock.of(plan.text()));
    } else {
      factory = "ofResource";
      arguments.add("() -> $T.class.getResourceAsStream($S)", stubs, loadedName(names, plan));
    }
    if (plan.method().program() instanceof KernelProgram.Bytecode) {
      factory = "ofBytecode";
      arguments.add(",\n$S", plan.text());
    }
    for (String name : plan.method().inputNames()) {
      arguments.add(",\n$S", name);
    }
    CodeBlock refs = refs(plan.method().inputs());
    CodeBlock kernel =
        CodeBlock.of("$T.$L(\n$>$>$L$<$<)$L", Kernel.class, factory, arguments.build(), refs);
    Optional<CodeBlock> schedule = schedule(plan);
    if (schedule.isPresent()) {
      kernel = CodeBlock.of("$L$>$>\n$L$<$<", kernel, schedule.get());
    }
    for (CodeBlock origin : origins(names, plan)) {
      kernel = CodeBlock.of("$L$>$>\n$L$<$<", kernel, origin);
    }
    if (plan.counts().devices() > 1) {
      int replicas = plan.counts().replicas();
      int partitions = plan.counts().partitions();
      return CodeBlock.of("$L$>$>\n.onDevices($L, $L)$<$<", kernel, replicas, partitions);
    }
    return plan.executable().isEmpty()
        ? kernel
        : CodeBlock.of("$L$>$>\n.compiledAhead($L)$<$<", kernel, opening(stubs));
  }

  /** Returns the expression that opens a resource by its name. */
  private static CodeBlock opening(ClassName stubs) {
    return CodeBlock.of("name -> $T.class.getResourceAsStream(name)", stubs);
  }

  /** Returns the resource with the program, which is not inline. */
  private static String loadedName(Names names, KernelPlan plan) {
    return resourceOf(names, plan).map(Resource::name).or(() -> openedResource(plan)).orElseThrow();
  }

  /** Returns the calls that record the origins of the program. */
  private static List<CodeBlock> origins(Names names, KernelPlan plan) {
    List<CodeBlock> calls = new ArrayList<>();
    Optional<Resource> written = resourceOf(names, plan);
    written.ifPresent(
        resource -> calls.add(withDigest(resource.name(), ProgramDigest.of(resource.content()))));
    boolean isLoadedItself = !isInline(plan) && written.isEmpty();
    for (ProgramOrigin origin : plan.origins()) {
      calls.add(
          isLoadedItself
              ? withDigest(origin.name(), origin.digest())
              : generatedFrom(names.kernelsClass(), origin));
    }
    return calls;
  }

  private static CodeBlock withDigest(String resource, String digest) {
    return CodeBlock.of(".withDigest($S, $S)", resource, digest);
  }

  private static CodeBlock generatedFrom(ClassName stubs, ProgramOrigin origin) {
    List<CodeBlock> arguments =
        List.of(
            CodeBlock.of("$S", origin.name()), CodeBlock.of("$S", origin.digest()), opening(stubs));
    int used = CHAIN_INDENT + ".generatedFrom()".length();
    return CodeBlock.of(".generatedFrom($L)", SourceFormatter.arguments(used, arguments));
  }

  /** Returns the call that records a pipeline's schedule; empty for a kernel. */
  private static Optional<CodeBlock> schedule(KernelPlan plan) {
    List<CodeBlock> lines =
        plan.metadata().schedule().stream().map(line -> CodeBlock.of("$S", line)).toList();
    return lines.isEmpty()
        ? Optional.empty()
        : Optional.of(CodeBlock.of(".scheduled(\n$>$>$L$<$<)", CodeBlock.join(lines, ",\n")));
  }

  /** Returns the call that records the inputs that are variables, if any. */
  private static CodeBlock refs(List<Structure.Leaf> inputs) {
    String indexes =
        IntStream.range(0, inputs.size())
            .filter(i -> inputs.get(i).holder().isRef())
            .mapToObj(Integer::toString)
            .collect(Collectors.joining(", "));
    return indexes.isEmpty() ? CodeBlock.of("") : CodeBlock.of("\n.withRefs($L)", indexes);
  }

  /** Returns the resource to be written for a kernel, if any. */
  static Optional<Resource> resourceOf(Names names, KernelPlan plan) {
    if (isInline(plan) || openedResource(plan).isPresent()) {
      return Optional.empty();
    }
    String name = names.kernelsClass().simpleName() + "." + plan.method().name();
    return Optional.of(
        plan.method().program() instanceof KernelProgram.Bytecode bytecode
            ? new Resource(name + ".mlirbc", bytecode.content())
            : Resource.ofText(name + ".mlir", plan.text()));
  }

  /** Returns the user's own resource that generated code opens, if its text was not changed. */
  private static Optional<String> openedResource(KernelPlan plan) {
    return switch (plan.method().program()) {
      case KernelProgram.Resource resource ->
          resource.text().equals(plan.text()) ? Optional.of(resource.name()) : Optional.empty();
      case KernelProgram.Bytecode bytecode -> bytecode.resource();
      case KernelProgram.Text unused -> Optional.empty(); // The annotation holds it, or it changed.
      case KernelProgram.Body unused -> Optional.empty();
      case KernelProgram.Pipeline unused -> Optional.empty(); // It was linked here.
    };
  }

  /** Returns the resource of a kernel's executable, if it has one. */
  static Optional<Resource> executableOf(Names names, KernelPlan plan) {
    String stubs = names.kernelsClass().simpleName();
    String kernel = plan.method().qualifiedName();
    return plan.executable()
        .map(
            executable ->
                new Resource(
                    Kernel.executableName(stubs, kernel, executable.key()),
                    executable.toByteArray()));
  }

  private static boolean isInline(KernelPlan plan) {
    KernelProgram program = plan.method().program();
    return (program instanceof KernelProgram.Text || program instanceof KernelProgram.Body)
        && isConstant(plan.text());
  }

  private static boolean isConstant(String text) {
    return constantLength(text) <= LONGEST_CONSTANT;
  }

  /** Returns the length in the modified UTF-8 of class files. */
  private static long constantLength(String text) {
    return text.chars().mapToLong(c -> c > 0x7FF ? 3 : c > 0x7F || c == 0 ? 2 : 1).sum();
  }
}
