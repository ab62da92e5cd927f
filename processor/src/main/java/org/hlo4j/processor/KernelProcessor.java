package org.hlo4j.processor;

import com.google.auto.service.AutoService;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.function.UnaryOperator;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import javax.annotation.processing.AbstractProcessor;
import javax.annotation.processing.Generated;
import javax.annotation.processing.ProcessingEnvironment;
import javax.annotation.processing.Processor;
import javax.annotation.processing.RoundEnvironment;
import javax.lang.model.SourceVersion;
import javax.lang.model.element.TypeElement;
import org.hlo4j.annotation.Donated;
import org.hlo4j.processor.message.Message;
import org.hlo4j.processor.message.Place;
import org.hlo4j.processor.message.Report;
import org.hlo4j.processor.verify.ChildCommand;
import org.jspecify.annotations.Nullable;

/**
 * Generates the async interface and the stubs of annotated interfaces, after checking their
 * programs. Waits for types that other processors have yet to generate.
 */
@AutoService(Processor.class)
public final class KernelProcessor extends AbstractProcessor {
  private final UnaryOperator<ChildCommand> children;
  private List<Rounds> steps = List.of();
  private @Nullable Verification verification;

  /** Creates the processor. */
  public KernelProcessor() {
    this(command -> command);
  }

  /** Creates a processor with other child processes for XLA. */
  KernelProcessor(UnaryOperator<ChildCommand> children) {
    this.children = children;
  }

  @Override
  public synchronized void init(ProcessingEnvironment environment) {
    super.init(environment);
    Options options = Options.of(environment.getOptions());
    report(options);
    Verification ofThisBuild = new Verification(options, children);
    verification = ofThisBuild;
    steps =
        Stream.of(
                new TensorTypeStep(environment),
                new KernelsStep(environment, options, ofThisBuild),
                new StrayKernelStep(environment))
            .map(step -> new Rounds(step, environment.getElementUtils()))
            .toList();
  }

  @Override
  @SuppressWarnings("DoNotClaimAnnotations") // They are nobody else's, and see below.
  public boolean process(Set<? extends TypeElement> annotations, RoundEnvironment round) {
    if (!round.processingOver()) {
      steps.forEach(step -> step.process(round));
    } else if (verification != null) {
      verification.close();
    }
    // If no processor claims an annotation, -Xlint:processing warns, and -Werror fails the build.
    // But if all are claimed, javac does not call other processors, which may have types to
    // generate.
    return steps.stream().noneMatch(Rounds::isWaiting);
  }

  private void report(Options options) {
    Report report = new Report();
    for (String problem : options.problems()) {
      report.add(Message.BAD_OPTION.at(Place.ofBuild(), problem));
    }
    new ProblemPrinter(processingEnv.getMessager()).print(report);
  }

  @Override
  public Set<String> getSupportedAnnotationTypes() {
    // The first two are only claimed: the second is on generated types.
    return Stream.concat(
            Stream.of(Donated.class.getCanonicalName(), Generated.class.getCanonicalName()),
            steps.stream().flatMap(step -> step.annotations().stream()))
        .collect(Collectors.toSet());
  }

  @Override
  public Set<String> getSupportedOptions() {
    Set<String> names = new HashSet<>(Options.names());
    // Each generated file comes from one interface.
    names.add("org.gradle.annotation.processing.isolating");
    return names;
  }

  @Override
  public SourceVersion getSupportedSourceVersion() {
    return SourceVersion.latestSupported();
  }
}
