package org.hlo4j.processor;

import com.google.auto.common.MoreElements;
import java.io.IOException;
import java.io.OutputStream;
import java.io.Writer;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import javax.annotation.processing.Filer;
import javax.annotation.processing.ProcessingEnvironment;
import javax.lang.model.element.Element;
import javax.lang.model.element.TypeElement;
import javax.tools.StandardLocation;
import org.hlo4j.annotation.Kernels;
import org.hlo4j.processor.check.DeviceCheck;
import org.hlo4j.processor.message.Message;
import org.hlo4j.processor.message.Place;
import org.hlo4j.processor.message.Report;
import org.hlo4j.processor.model.InterfaceReader;
import org.hlo4j.processor.model.KernelInterface;
import org.hlo4j.processor.model.TensorTypes;
import org.hlo4j.processor.plan.Draft;
import org.hlo4j.processor.plan.InterfacePlan;
import org.hlo4j.processor.plan.KernelPlan;
import org.hlo4j.processor.read.ProgramFinder;
import org.hlo4j.processor.read.SourceFolders;
import org.hlo4j.processor.write.Sources;

/** Reads, checks, plans and writes interfaces with {@code @Kernels}. */
final class KernelsStep implements ProcessingStep {
  private final InterfaceReader reader;
  private final Verification verification;
  private final boolean plainPipelines;
  private final Optional<PlanCheck> planCheck;
  private final Filer filer;
  private final ProblemPrinter printer;

  KernelsStep(ProcessingEnvironment environment, Options options, Verification verification) {
    this.filer = environment.getFiler();
    this.reader =
        new InterfaceReader(
            environment.getElementUtils(),
            environment.getTypeUtils(),
            new TensorTypes(environment.getElementUtils(), environment.getTypeUtils()),
            new ProgramFinder(filer, new SourceFolders(environment.getElementUtils())));
    this.verification = verification;
    this.plainPipelines = options.plainPipelines();
    this.planCheck = options.plans().map(PlanCheck::new);
    this.printer = new ProblemPrinter(environment.getMessager());
  }

  /** An interface in progress; its problems are in the report. */
  private static final class Work {
    private final Report report = new Report();
    private final List<Draft> drafts = new ArrayList<>();
    private final List<Verification.Pending> pending = new ArrayList<>();
    private Optional<KernelInterface> source = Optional.empty();
  }

  @Override
  public Set<String> annotations() {
    return Set.of(Kernels.class.getCanonicalName());
  }

  @Override
  public boolean isReady(TypeElement type) {
    return reader.canRead(type);
  }

  @Override
  public void process(List<Element> elements) {
    List<Work> works = new ArrayList<>();
    for (Element element : elements) {
      works.add(plan(MoreElements.asType(element)));
    }
    // XLA compiles all of them while the first verdicts are awaited.
    works.forEach(this::startVerifying);
    for (Work work : works) {
      finish(work);
      printer.print(work.report);
    }
  }

  private Work plan(TypeElement type) {
    Work work = new Work();
    work.source = reader.read(type, work.report);
    work.source.ifPresent(
        source -> work.drafts.addAll(KernelPlanner.plan(source, plainPipelines, work.report)));
    DeviceCheck.checkEqual(
        work.drafts.stream().map(Draft::method).toList(),
        work.drafts.stream().map(Draft::counts).toList(),
        work.report);
    return work;
  }

  /** Also verifies interfaces with other errors, to report each kernel's own in one build. */
  private void startVerifying(Work work) {
    work.drafts.forEach(draft -> work.pending.add(verification.start(draft, work.report)));
  }

  private void finish(Work work) {
    List<KernelPlan> verified =
        work.pending.stream()
            .flatMap(pending -> verification.await(pending, work.report).stream())
            .toList();
    if (work.source.isPresent() && !work.report.hasErrors()) {
      write(new InterfacePlan(work.source.get(), verified), work.report);
    }
  }

  private void write(InterfacePlan plan, Report report) {
    TypeElement type = plan.source().element();
    Sources sources = Sources.of(plan);
    try {
      write(sources, type);
    } catch (IOException e) {
      report.add(
          Message.NOT_WRITTEN.at(
              Place.of(type), type.getSimpleName(), String.valueOf(e.getMessage())));
    }
    planCheck.ifPresent(check -> check.check(type, sources, report));
  }

  /** Writes all files of an interface, with it as the originating element. */
  private void write(Sources sources, TypeElement origin) throws IOException {
    for (Sources.SourceFile file : sources.files()) {
      try (Writer writer = filer.createSourceFile(file.name(), origin).openWriter()) {
        writer.write(file.text());
      }
    }
    for (Sources.Resource resource : sources.resources()) {
      // A writer would use the encoding of the user's sources.
      try (OutputStream out =
          filer
              .createResource(
                  StandardLocation.CLASS_OUTPUT, sources.packageName(), resource.name(), origin)
              .openOutputStream()) {
        out.write(resource.content());
      }
    }
  }
}
