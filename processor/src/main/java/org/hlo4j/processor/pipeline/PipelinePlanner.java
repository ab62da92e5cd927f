package org.hlo4j.processor.pipeline;

import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Stream;
import org.hlo4j.internal.mlir.analysis.DeviceCounts;
import org.hlo4j.internal.mlir.text.SourceText;
import org.hlo4j.processor.message.Message;
import org.hlo4j.processor.message.Problem;
import org.hlo4j.processor.message.Report;
import org.hlo4j.processor.model.KernelMethod;
import org.hlo4j.processor.model.ProgramOrigin;
import org.hlo4j.processor.pipeline.check.Callables;
import org.hlo4j.processor.pipeline.check.KernelSignature;
import org.hlo4j.processor.pipeline.check.PipelineChecker;
import org.hlo4j.processor.pipeline.graph.Callee;
import org.hlo4j.processor.pipeline.graph.Fences;
import org.hlo4j.processor.pipeline.graph.Flow;
import org.hlo4j.processor.pipeline.graph.Step;
import org.hlo4j.processor.pipeline.graph.TooLongException;
import org.hlo4j.processor.pipeline.plan.BufferAssignment;
import org.hlo4j.processor.pipeline.plan.FenceRemoval;
import org.hlo4j.processor.pipeline.plan.Forms;
import org.hlo4j.processor.pipeline.plan.FutureLowering;
import org.hlo4j.processor.pipeline.plan.Readers;
import org.hlo4j.processor.pipeline.plan.Rotation;
import org.hlo4j.processor.pipeline.plan.Windows;
import org.hlo4j.processor.pipeline.syntax.PipelineParser;
import org.hlo4j.processor.pipeline.syntax.PipelineSyntaxException;
import org.hlo4j.processor.pipeline.syntax.Statement;
import org.hlo4j.processor.plan.Draft;

/**
 * Parses a pipeline, checks it, and writes the programs that implement it.
 *
 * @param source the pipeline's statements
 * @param kernels the kernels that the pipeline may call
 * @param report receives the pipeline's problems
 */
public record PipelinePlanner(
    KernelMethod method, SourceText source, Callables kernels, Report report) {
  /** Returns the programs that implement the pipeline; empty if it has errors. */
  public Optional<Draft.OfPipeline> plan() {
    return flow().flatMap(this::plan);
  }

  /**
   * Returns the plainest program for the statements: each call ends where it is started, and
   * nothing is ordered or unrolled. Empty if the pipeline has errors.
   */
  public Optional<Draft.OfPipeline> plain() {
    return flow().flatMap(this::plain);
  }

  private Optional<Draft.OfPipeline> plain(Flow flow) {
    List<Callee> callees = callees(flow.steps());
    if (!checkDevices(callees)) {
      return Optional.empty();
    }
    FormWriter writer = new FormWriter(method, counts(callees), List.of());
    Flow plain = FenceRemoval.without(FutureLowering.of(flow, future -> true));
    int index = writer.write(new Forms.FlowForm("plain", plain, Fences.BARRIERS));
    return Optional.of(writer.draft(index, origins(callees)));
  }

  private Optional<Flow> flow() {
    List<Statement> statements;
    try {
      statements = PipelineParser.parse(source);
    } catch (PipelineSyntaxException e) {
      return report.refuse(
          problem(Message.BAD_PIPELINE, e.offset(), String.valueOf(e.getMessage())));
    }
    return PipelineChecker.check(method, source, statements, kernels, report);
  }

  private Problem problem(Message message, int offset, Object... things) {
    return message.within(
        method.programPlace(), "The pipeline of " + method.name(), source, offset, things);
  }

  private Optional<Draft.OfPipeline> plan(Flow flow) {
    List<Callee> callees = callees(flow.steps());
    Rotation.Rotated rotated;
    try {
      rotated = Rotation.of(flow);
    } catch (TooLongException e) {
      return report.refuse(
          problem(Message.PIPELINE_TOO_LONG, source.offset(e.line(), 1), TooLongException.MOST));
    }
    Forms forms = new Forms(Windows.of(Readers.first(rotated.flow())));
    if (!checkDevices(callees) || !checkLoops(forms)) {
      return Optional.empty();
    }
    FormWriter writer =
        new FormWriter(method, counts(callees), ScheduleText.of(flow, rotated, forms));
    forms.all().forEach(writer::write);
    return Optional.of(writer.draft(writer.write(forms.preferred()), origins(callees)));
  }

  /** Returns the distinct resources of the called kernels. */
  private List<ProgramOrigin> origins(List<Callee> callees) {
    Map<String, KernelSignature> signatures = kernels.signatures();
    return callees.stream()
        .flatMap(callee -> Stream.ofNullable(signatures.get(callee.name())))
        .flatMap(signature -> signature.method().program().origins().stream())
        .distinct()
        .toList();
  }

  /** Returns the devices of the called kernels, or else those of the interface's first kernel. */
  private DeviceCounts counts(List<Callee> callees) {
    return Stream.concat(
            callees.stream(), kernels.signatures().values().stream().map(KernelSignature::callee))
        .map(callee -> callee.entry().counts())
        .findFirst()
        .orElse(DeviceCounts.ONE);
  }

  private static List<Callee> callees(List<Step> steps) {
    Map<String, Callee> callees = new LinkedHashMap<>();
    for (Step step : Step.all(steps).toList()) {
      switch (step) {
        case Step.Run run -> callees.putIfAbsent(run.callee().name(), run.callee());
        case Step.Start start ->
            callees.putIfAbsent(start.future().callee().name(), start.future().callee());
        case Step.Repeat unused -> {} // Its steps follow.
        case Step.Done unused -> {} // Its start is there as well.
        case Step.Fence unused -> {} // Calls no kernel.
      }
    }
    return List.copyOf(callees.values());
  }

  private boolean checkDevices(List<Callee> callees) {
    for (Callee callee : callees) {
      DeviceCounts first = counts(callees);
      DeviceCounts other = callee.entry().counts();
      if (!other.equals(first)) {
        report.add(problem(Message.PIPELINE_DEVICES, 0, callees.get(0), first, callee, other));
        return false;
      }
    }
    return true;
  }

  /** Checks that loops with calls in flight need no copies. */
  private boolean checkLoops(Forms forms) {
    if (forms.canBeWhole()) {
      return true;
    }
    boolean right = true;
    for (Map.Entry<Step.Repeat, BufferAssignment.Period> loop : forms.loops().entrySet()) {
      Step.Repeat repeat = loop.getKey();
      if (loop.getValue().rounds() == 0
          && repeat.body().stream().anyMatch(Step.Start.class::isInstance)) {
        int offset = source.offset(repeat.line(), 1);
        String why = loop.getValue().why();
        report.add(problem(Message.CANNOT_DOUBLE_BUFFER, offset, why, BufferAssignment.LONGEST));
        right = false;
      }
    }
    return right;
  }
}
