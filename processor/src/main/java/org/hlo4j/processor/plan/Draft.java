package org.hlo4j.processor.plan;

import java.util.ArrayList;
import java.util.List;
import org.hlo4j.internal.mlir.analysis.DeviceCounts;
import org.hlo4j.processor.model.KernelMethod;
import org.hlo4j.processor.model.ProgramOrigin;

/** A checked kernel before verification. */
public sealed interface Draft {
  KernelMethod method();

  /** Returns the number of processes that the kernel runs as. */
  DeviceCounts counts();

  /** A kernel with its own program, which has one plan. */
  record OfKernel(KernelPlan plan) implements Draft {
    @Override
    public KernelMethod method() {
      return plan.method();
    }

    @Override
    public DeviceCounts counts() {
      return plan.counts();
    }
  }

  /**
   * A pipeline, with candidate programs for the compiler.
   *
   * @param forms the programs; the first is the pipeline as written
   * @param preferred the index of the form to use without a compiler
   * @param schedule the lines that describe the pipeline's starts and loops in all forms
   * @param origins the resources of the kernels that are linked into it
   */
  record OfPipeline(
      KernelMethod method,
      DeviceCounts counts,
      List<Form> forms,
      int preferred,
      List<String> schedule,
      List<ProgramOrigin> origins)
      implements Draft {
    public OfPipeline {
      forms = List.copyOf(forms);
      schedule = List.copyOf(schedule);
      origins = List.copyOf(origins);
    }

    /**
     * Plans the pipeline in one of its forms.
     *
     * @param choice the reason for this form, as a line of the schedule
     * @throws org.hlo4j.error.CompilationException if the runtime rejects the program
     */
    public KernelPlan plan(Form form, String choice) {
      List<String> lines = new ArrayList<>(List.of(choice));
      lines.addAll(schedule);
      return KernelPlan.of(method, form.text(), origins, counts).scheduled(lines);
    }
  }

  /**
   * A candidate program of a pipeline.
   *
   * @param description its difference from the others, such as {@code 2 rounds in one}
   * @param text the program, with its donations
   */
  record Form(String description, String text) {}
}
