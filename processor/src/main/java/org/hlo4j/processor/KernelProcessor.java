package org.hlo4j.processor;

import com.google.auto.common.BasicAnnotationProcessor;
import com.google.auto.service.AutoService;
import com.google.common.collect.ImmutableList;
import java.util.HashSet;
import java.util.Set;
import javax.annotation.processing.Processor;
import javax.annotation.processing.RoundEnvironment;
import javax.lang.model.SourceVersion;
import org.hlo4j.processor.message.Message;
import org.hlo4j.processor.message.Place;
import org.hlo4j.processor.message.Report;
import org.jspecify.annotations.Nullable;

/**
 * Makes kernels of annotated interfaces: reads each interface and its programs, checks them, and
 * generates the async interface and the stubs. Types that other processors have yet to generate are
 * waited for.
 */
@AutoService(Processor.class)
public final class KernelProcessor extends BasicAnnotationProcessor {
  private @Nullable Verification verification;

  @Override
  protected Iterable<? extends Step> steps() {
    Options options = Options.of(processingEnv.getOptions());
    report(options);
    verification = new Verification(options);
    return ImmutableList.of(
        new TensorTypeStep(processingEnv),
        new KernelsStep(processingEnv, options, verification),
        new StrayKernelStep(processingEnv));
  }

  @Override
  protected void postRound(RoundEnvironment round) {
    if (round.processingOver() && verification != null) {
      verification.close();
    }
  }

  private void report(Options options) {
    Report report = new Report();
    for (String problem : options.problems()) {
      report.add(Message.BAD_OPTION.at(Place.ofBuild(), problem));
    }
    new ProblemPrinter(processingEnv.getMessager()).print(report);
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
