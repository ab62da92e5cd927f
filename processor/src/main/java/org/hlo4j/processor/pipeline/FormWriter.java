package org.hlo4j.processor.pipeline;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.hlo4j.internal.mlir.analysis.DeviceCounts;
import org.hlo4j.processor.message.Report;
import org.hlo4j.processor.model.KernelMethod;
import org.hlo4j.processor.model.ProgramOrigin;
import org.hlo4j.processor.model.Structure.Leaf;
import org.hlo4j.processor.pipeline.graph.Fences;
import org.hlo4j.processor.pipeline.graph.Flow;
import org.hlo4j.processor.pipeline.link.ProgramWriter;
import org.hlo4j.processor.pipeline.plan.FlowSignature;
import org.hlo4j.processor.pipeline.plan.Forms;
import org.hlo4j.processor.plan.DonationPlanner;
import org.hlo4j.processor.plan.Draft;

/** Writes the forms of a pipeline as programs, without duplicates. Not thread-safe. */
final class FormWriter {
  private final KernelMethod method;
  private final DeviceCounts counts;
  private final List<String> schedule;
  private final Map<String, Draft.Form> forms = new LinkedHashMap<>();

  FormWriter(KernelMethod method, DeviceCounts counts, List<String> schedule) {
    this.method = method;
    this.counts = counts;
    this.schedule = schedule;
  }

  /** Writes a form, and returns its index among the distinct ones. */
  int write(Forms.FlowForm form) {
    String program =
        new ProgramWriter(form.fences())
            .write(form.flow(), method.name(), counts, aliasedOutputs(form.flow()));
    String whole =
        form.fences() == Fences.CALLS
            ? form.description() + ", fences kept as calls"
            : form.description();
    forms.putIfAbsent(program, new Draft.Form(whole, comment(whole) + program));
    return List.copyOf(forms.keySet()).indexOf(program);
  }

  /**
   * Returns the written forms.
   *
   * @param preferred the index of the form to use without a compiler
   */
  Draft.OfPipeline draft(int preferred, List<ProgramOrigin> origins) {
    return new Draft.OfPipeline(
        method, counts, List.copyOf(forms.values()), preferred, schedule, origins);
  }

  /** Returns, for each input, the output that reuses its memory, or -1. */
  private List<Integer> aliasedOutputs(Flow flow) {
    List<Integer> outputs = refOutputs();
    // An input that no output reuses is still donated to the called kernels.
    Report unused = new Report();
    DonationPlanner.plan(method, FlowSignature.of(flow, outputs), unused).forEach(outputs::set);
    return outputs;
  }

  /** Returns, for each input that is a {@code Ref}, its output, which come last; -1 for others. */
  private List<Integer> refOutputs() {
    List<Integer> outputs = new ArrayList<>();
    int next = method.outputs().size();
    for (Leaf input : method.inputs()) {
      outputs.add(input.holder().isRef() ? next : -1);
      next += input.holder().isRef() ? 1 : 0;
    }
    return outputs;
  }

  /** Returns the comment above a program. */
  private String comment(String description) {
    StringBuilder comment = new StringBuilder();
    comment.append("// The pipeline %s, %s.\n".formatted(method.qualifiedName(), description));
    schedule.forEach(line -> comment.append("// ").append(line).append(".\n"));
    return comment.toString();
  }
}
