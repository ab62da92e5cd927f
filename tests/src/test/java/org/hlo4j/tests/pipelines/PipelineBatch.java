package org.hlo4j.tests.pipelines;

import com.google.testing.compile.Compilation;
import com.google.testing.compile.Compiler;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Locale;
import java.util.Set;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.hlo4j.processor.KernelProcessor;
import org.hlo4j.processor.fixture.GeneratedClasses;
import org.hlo4j.processor.fixture.Source;
import org.hlo4j.processor.message.Message;

/**
 * Random pipelines in one interface with the kernels that they call, which takes javac one run.
 *
 * @param refusals what the processor says against those that were, unless that is to be expected
 */
record PipelineBatch(List<RandomPipeline> pipelines, boolean isSharded, List<String> refusals) {
  private static final Pattern REFUSED = Pattern.compile("The pipeline of (\\w+),");

  /** Such loops are right, but not to be had without copies. */
  private static final String INTENDED = "[%s]".formatted(Message.CANNOT_DOUBLE_BUFFER.id());

  /** Pipelines of which none has been refused yet. */
  static PipelineBatch of(List<RandomPipeline> pipelines, boolean isSharded) {
    return new PipelineBatch(pipelines, isSharded, List.of());
  }

  /** The pipelines that the processor takes. */
  PipelineBatch accepted() {
    Compilation compilation = compilation("-Ahlo4j.verify=off");
    if (compilation.errors().isEmpty()) {
      return this;
    }
    Set<String> refused = new HashSet<>();
    List<String> messages = new ArrayList<>(refusals);
    compilation
        .errors()
        .forEach(
            error -> {
              String message = error.getMessage(Locale.ROOT);
              Matcher matcher = REFUSED.matcher(message);
              if (!matcher.find()) {
                throw new IllegalStateException(error + "\n" + source());
              }
              if (refused.add(matcher.group(1)) && !message.startsWith(INTENDED)) {
                messages.add(message);
              }
            });
    List<RandomPipeline> rest =
        pipelines.stream().filter(pipeline -> !refused.contains(pipeline.name())).toList();
    return new PipelineBatch(rest, isSharded, messages);
  }

  /** What the processor makes of them. */
  GeneratedClasses compile(String... options) {
    Compilation compilation = compilation(options);
    if (!compilation.errors().isEmpty()) {
      throw new IllegalStateException(compilation.errors() + "\n" + source());
    }
    return new GeneratedClasses(compilation);
  }

  /** The program of one of them. */
  String program(RandomPipeline pipeline, GeneratedClasses classes)
      throws ReflectiveOperationException {
    String constant = pipeline.name().toUpperCase(Locale.ROOT);
    return classes.programOf("test.BatchKernels", constant);
  }

  private Compilation compilation(String... options) {
    return Compiler.javac()
        .withProcessors(new KernelProcessor())
        .withOptions(Stream.concat(Stream.of("-Xmaxerrs", "1000"), Stream.of(options)).toArray())
        .compile(Source.of("Batch", source()));
  }

  private String source() {
    StringBuilder source = new StringBuilder("@Kernels public interface Batch {\n");
    for (Kind kind : Kind.values()) {
      source.append(kind.declaration());
    }
    Op.all(isSharded).forEach(op -> source.append(op.method(isSharded)));
    pipelines.forEach(pipeline -> source.append(pipeline.method()));
    return source.append("}\n").toString();
  }
}
