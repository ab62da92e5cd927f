package org.hlo4j.processor;

import com.google.auto.common.BasicAnnotationProcessor;
import com.google.auto.service.AutoService;
import com.google.common.collect.ImmutableList;
import java.util.Set;
import javax.annotation.processing.Processor;
import javax.lang.model.SourceVersion;

/**
 * Makes kernels of annotated interfaces: reads each interface and its programs, checks them, and
 * generates the async interface and the stubs. Types that other processors have yet to generate are
 * waited for.
 */
@AutoService(Processor.class)
public final class KernelProcessor extends BasicAnnotationProcessor {
  @Override
  protected Iterable<? extends Step> steps() {
    return ImmutableList.of(
        new TensorTypeStep(processingEnv),
        new KernelsStep(processingEnv),
        new StrayKernelStep(processingEnv));
  }

  @Override
  public Set<String> getSupportedOptions() {
    // Each generated file comes from one interface.
    return Set.of("org.gradle.annotation.processing.isolating");
  }

  @Override
  public SourceVersion getSupportedSourceVersion() {
    return SourceVersion.latestSupported();
  }
}
