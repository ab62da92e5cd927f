package org.hlo4j.processor.pipeline;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Stream;
import org.hlo4j.internal.mlir.analysis.DeviceCounts;
import org.hlo4j.internal.mlir.text.SourceText;
import org.hlo4j.processor.message.Message;
import org.hlo4j.processor.message.Report;
import org.hlo4j.processor.model.KernelMethod;
import org.hlo4j.processor.model.Parameter;
import org.hlo4j.processor.model.ProgramOrigin;
import org.hlo4j.processor.pipeline.check.KernelSignature;
import org.hlo4j.processor.pipeline.check.PipelineChecker;
import org.hlo4j.processor.pipeline.graph.Callee;
import org.hlo4j.processor.pipeline.graph.Flow;
import org.hlo4j.processor.pipeline.graph.Length;
import org.hlo4j.processor.pipeline.graph.Step;
import org.hlo4j.processor.pipeline.graph.TooLongException;
import org.hlo4j.processor.pipeline.link.ProgramWriter;
import org.hlo4j.processor.pipeline.plan.Colouring;
import org.hlo4j.processor.pipeline.plan.Fences;
import org.hlo4j.processor.pipeline.plan.Form;
import org.hlo4j.processor.pipeline.plan.Forms;
import org.hlo4j.processor.pipeline.plan.Landing;
import org.hlo4j.processor.pipeline.plan.Readers;
import org.hlo4j.processor.pipeline.plan.Rotation;
import org.hlo4j.processor.pipeline.plan.Windows;
import org.hlo4j.processor.pipeline.syntax.PipelineParser;
import org.hlo4j.processor.pipeline.syntax.PipelineSyntaxException;
import org.hlo4j.processor.pipeline.syntax.Statement;

/** Reads a pipeline, checks it, and writes the programs that it could be. */
public final class PipelinePlanner {
  private final KernelMethod method;
  private final SourceText source;
  private final CallableKernels kernels;
  private final Report report;

  private PipelinePlanner(KernelMethod method, CallableKernels kernels, Report report) {
    this.method = method;
    this.source = new SourceText(method.program().pipeline().orElseThrow());
    this.kernels = kernels;
    this.report = report;
  }

  /** The programs that a pipeline could be; nothing if it is wrong, which is reported. */
  public static Optional<Candidates> plan(
      KernelMethod method, CallableKernels kernels, Report report) {
    PipelinePlanner planner = new PipelinePlanner(method, kernels, report);
    return planner.flow().flatMap(planner::candidates);
  }

  /**
   * The program that does what the statements say in the plainest way: each call ends where it is
   * started, and nothing is ordered or unrolled. Nothing if the pipeline is wrong, which is
   * reported.
   */
  public static Optional<Candidates> plain(
      KernelMethod method, CallableKernels kernels, Report report) {
    PipelinePlanner planner = new PipelinePlanner(method, kernels, report);
    return planner.flow().flatMap(planner::plain);
  }

  private Optional<Candidates> plain(Flow flow) {
    List<Callee> callees = callees(flow.steps());
    if (!checkDevices(callees)) {
      return Optional.empty();
    }
    Flow landed = Landing.of(flow, future -> true);
    Map<String, Candidate> only = new LinkedHashMap<>();
    String unused =
        addTo(only, new Form("plain", Fences.without(landed), false), callees, List.of());
    return Optional.of(new Candidates(List.copyOf(only.values()), 0));
  }

  private Optional<Flow> flow() {
    List<Statement> statements;
    try {
      statements = PipelineParser.parse(source);
    } catch (PipelineSyntaxException e) {
      String problem = String.valueOf(e.getMessage());
      report.add(
          Message.BAD_PIPELINE.within(
              method.programPlace(), subject(), source, e.offset(), problem));
      return Optional.empty();
    }
    return PipelineChecker.check(
        method,
        source,
        statements,
        kernels.signatures(),
        kernels.problems(),
        kernels.wrong(),
        report);
  }

  private String subject() {
    return "The pipeline of " + method.name();
  }

  private Optional<Candidates> candidates(Flow flow) {
    List<Callee> callees = callees(flow.steps());
    Rotation.Rotated rotated;
    try {
      rotated = Rotation.of(flow);
    } catch (TooLongException e) {
      report.add(
          Message.PIPELINE_TOO_LONG.within(
              method.programPlace(), subject(), source, source.offset(e.line(), 1), Length.MOST));
      return Optional.empty();
    }
    Forms forms = Forms.of(Windows.of(Readers.first(rotated.flow())));
    if (!checkDevices(callees) || !checkLoops(forms)) {
      return Optional.empty();
    }
    List<String> schedule = ScheduleText.of(flow, rotated, forms);
    Map<String, Candidate> byProgram = new LinkedHashMap<>();
    for (Form form : forms.all()) {
      addTo(byProgram, form, callees, schedule);
    }
    String byColouring = addTo(byProgram, forms.byColouring(), callees, schedule);
    List<String> programs = new ArrayList<>(byProgram.keySet());
    return Optional.of(
        new Candidates(new ArrayList<>(byProgram.values()), programs.indexOf(byColouring)));
  }

  private String addTo(
      Map<String, Candidate> byProgram, Form form, List<Callee> callees, List<String> schedule) {
    String program = write(form, callees);
    String description =
        form.isKept() ? form.description() + ", fences kept as calls" : form.description();
    byProgram.computeIfAbsent(
        program,
        unused -> {
          String commented = comment(description, schedule) + program;
          return new Candidate(
              description,
              method.with(method.program().planned(commented, schedule, origins(callees))),
              counts(callees));
        });
    return program;
  }

  /** The resources of the kernels that are called, each once. */
  private List<ProgramOrigin> origins(List<Callee> callees) {
    Map<String, KernelSignature> signatures = kernels.signatures();
    return callees.stream()
        .flatMap(callee -> Stream.ofNullable(signatures.get(callee.name())))
        .flatMap(signature -> signature.method().program().origins().stream())
        .distinct()
        .toList();
  }

  /** What stands above the program, for those who read it. */
  private String comment(String description, List<String> schedule) {
    StringBuilder comment = new StringBuilder();
    comment.append("// The pipeline %s, %s.\n".formatted(method.qualifiedName(), description));
    schedule.forEach(line -> comment.append("// ").append(line).append(".\n"));
    return comment.toString();
  }

  private String write(Form form, List<Callee> callees) {
    return ProgramWriter.write(
        form.flow(), method.name(), counts(callees), form.isKept(), aliasedOutputs());
  }

  /** A pipeline that calls no kernel runs where the interface's first one does. */
  private DeviceCounts counts(List<Callee> callees) {
    return Stream.concat(
            callees.stream(), kernels.signatures().values().stream().map(KernelSignature::callee))
        .map(callee -> callee.entry().counts())
        .findFirst()
        .orElse(DeviceCounts.ONE);
  }

  /** For each input the output that replaces it, or -1: those of variables come last. */
  private List<Integer> aliasedOutputs() {
    List<Integer> outputs = new ArrayList<>();
    int next = method.outputs().size();
    for (Parameter parameter : method.parameters()) {
      int count = (int) parameter.structure().leaves().count();
      for (int i = 0; i < count; i++) {
        boolean isRef = KernelSignature.isRef(parameter.structure());
        outputs.add(isRef ? next : -1);
        next += isRef ? 1 : 0;
      }
    }
    return outputs;
  }

  private static List<Callee> callees(List<Step> steps) {
    Map<String, Callee> callees = new LinkedHashMap<>();
    collect(steps, callees);
    return List.copyOf(callees.values());
  }

  private static void collect(List<Step> steps, Map<String, Callee> callees) {
    for (Step step : steps) {
      switch (step) {
        case Step.Run run -> callees.putIfAbsent(run.callee().name(), run.callee());
        case Step.Start start ->
            callees.putIfAbsent(start.future().callee().name(), start.future().callee());
        case Step.Repeat repeat -> collect(repeat.body(), callees);
        case Step.Done unused -> {
          // Its start is there as well.
        }
        case Step.Fence unused -> {
          // Calls no kernel.
        }
      }
    }
  }

  private boolean checkDevices(List<Callee> callees) {
    for (Callee callee : callees) {
      DeviceCounts first = counts(callees);
      DeviceCounts other = callee.entry().counts();
      if (!other.equals(first)) {
        report.add(
            Message.PIPELINE_DEVICES.within(
                method.programPlace(), subject(), source, 0, callees.get(0), first, callee, other));
        return false;
      }
    }
    return true;
  }

  /** A loop of calls in flight has to get along without copies. */
  private boolean checkLoops(Forms forms) {
    if (forms.canBeWhole()) {
      return true;
    }
    boolean right = true;
    for (Map.Entry<Step.Repeat, Colouring.Period> loop : forms.loops().entrySet()) {
      Step.Repeat repeat = loop.getKey();
      if (loop.getValue().rounds() == 0
          && repeat.body().stream().anyMatch(Step.Start.class::isInstance)) {
        report.add(
            Message.CANNOT_DOUBLE_BUFFER.within(
                method.programPlace(),
                subject(),
                source,
                source.offset(repeat.line(), 1),
                loop.getValue().why(),
                Colouring.LONGEST));
        right = false;
      }
    }
    return right;
  }
}
