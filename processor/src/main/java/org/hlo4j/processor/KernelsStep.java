package org.hlo4j.processor;

import com.google.auto.common.BasicAnnotationProcessor.Step;
import com.google.auto.common.MoreElements;
import com.google.common.collect.ImmutableSetMultimap;
import java.io.IOException;
import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import javax.annotation.processing.ProcessingEnvironment;
import javax.lang.model.element.Element;
import javax.lang.model.element.TypeElement;
import org.hlo4j.annotation.Kernels;
import org.hlo4j.error.CompilationException;
import org.hlo4j.internal.mlir.EntryPoint;
import org.hlo4j.internal.mlir.MlirReader;
import org.hlo4j.processor.check.SignatureCheck;
import org.hlo4j.processor.message.Message;
import org.hlo4j.processor.message.Place;
import org.hlo4j.processor.message.Report;
import org.hlo4j.processor.model.InterfaceReader;
import org.hlo4j.processor.model.KernelInterface;
import org.hlo4j.processor.model.KernelMethod;
import org.hlo4j.processor.model.TensorTypes;
import org.hlo4j.processor.plan.DonationPlanner;
import org.hlo4j.processor.plan.InterfacePlan;
import org.hlo4j.processor.plan.KernelPlan;
import org.hlo4j.processor.read.ProgramFinder;
import org.hlo4j.processor.write.Sources;

/** Leads an interface with {@code @Kernels} through reading, checking, planning and writing. */
final class KernelsStep implements Step {
  private final InterfaceReader reader;
  private final SourceOutput output;
  private final ProblemPrinter printer;

  KernelsStep(ProcessingEnvironment environment) {
    this.reader =
        new InterfaceReader(
            environment.getElementUtils(),
            environment.getTypeUtils(),
            new TensorTypes(environment.getElementUtils(), environment.getTypeUtils()),
            new ProgramFinder(environment.getFiler()));
    this.output = new SourceOutput(environment.getFiler());
    this.printer = new ProblemPrinter(environment.getMessager());
  }

  @Override
  public Set<String> annotations() {
    return Set.of(Kernels.class.getCanonicalName());
  }

  @Override
  public Set<? extends Element> process(
      ImmutableSetMultimap<String, Element> elementsByAnnotation) {
    Set<Element> waiting = new LinkedHashSet<>();
    for (Element element : elementsByAnnotation.values()) {
      TypeElement type = MoreElements.asType(element);
      if (!reader.canRead(type)) {
        waiting.add(element);
        continue;
      }
      Report report = new Report();
      process(type, report);
      printer.print(report);
    }
    return waiting;
  }

  private void process(TypeElement type, Report report) {
    Optional<KernelInterface> source = reader.read(type, report);
    if (source.isEmpty()) {
      return;
    }
    List<KernelPlan> kernels = new ArrayList<>();
    for (KernelMethod method : source.get().kernels()) {
      plan(method, report).ifPresent(kernels::add);
    }
    if (report.isEmpty()) {
      write(new InterfacePlan(source.get(), kernels), report);
    }
  }

  private static Optional<KernelPlan> plan(KernelMethod method, Report report) {
    EntryPoint entry;
    try {
      entry = EntryPoint.of(MlirReader.read(method.program().text()));
    } catch (CompilationException e) {
      report.add(
          Message.BAD_PROGRAM.at(
              method.programPlace(), method.name(), method.program().describe(e)));
      return Optional.empty();
    }
    Report own = new Report();
    SignatureCheck.check(method, entry, own);
    Optional<KernelPlan> plan =
        own.isEmpty() ? Optional.of(DonationPlanner.plan(method, entry, own)) : Optional.empty();
    own.problems().forEach(report::add);
    return plan;
  }

  private void write(InterfacePlan plan, Report report) {
    try {
      output.write(Sources.of(plan), plan.source().element());
    } catch (IOException e) {
      report.add(
          Message.NOT_WRITTEN.at(
              Place.of(plan.source().element()),
              plan.source().element().getSimpleName(),
              String.valueOf(e.getMessage())));
    }
  }
}
