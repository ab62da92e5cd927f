package org.hlo4j.processor;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.hlo4j.error.CompilationException;
import org.hlo4j.internal.mlir.analysis.DeviceCounts;
import org.hlo4j.internal.mlir.analysis.EntryPoint;
import org.hlo4j.internal.mlir.model.MlirModule;
import org.hlo4j.processor.check.DeviceCheck;
import org.hlo4j.processor.check.SignatureCheck;
import org.hlo4j.processor.message.Message;
import org.hlo4j.processor.message.Problem;
import org.hlo4j.processor.message.Report;
import org.hlo4j.processor.model.KernelInterface;
import org.hlo4j.processor.model.KernelMethod;
import org.hlo4j.processor.pipeline.CallableKernels;
import org.hlo4j.processor.pipeline.Candidate;
import org.hlo4j.processor.pipeline.Candidates;
import org.hlo4j.processor.pipeline.PipelinePlanner;
import org.hlo4j.processor.plan.DonationPlanner;
import org.hlo4j.processor.plan.KernelPlan;

/** Drafts what the kernels of an interface become: first the kernels, then the pipelines. */
final class Drafts {
  private final boolean plainPipelines;
  private final Report report;
  private final CallableKernels callable = new CallableKernels();
  private final Map<String, Draft> drafts = new LinkedHashMap<>();

  private Drafts(boolean plainPipelines, Report report) {
    this.plainPipelines = plainPipelines;
    this.report = report;
  }

  /**
   * The drafts of an interface, in the order of its methods, without those that are wrong.
   *
   * @param plainPipelines whether pipelines are translated statement by statement
   */
  static List<Draft> of(KernelInterface source, boolean plainPipelines, Report report) {
    Drafts drafts = new Drafts(plainPipelines, report);
    for (KernelMethod method : source.kernels()) {
      if (method.program().pipeline().isEmpty()) {
        drafts.kernel(method);
      } else {
        drafts.callable.addUncallable(method.name(), "it is a pipeline itself");
      }
    }
    for (KernelMethod method : source.kernels()) {
      if (method.program().pipeline().isPresent()) {
        drafts.pipeline(method);
      }
    }
    List<Draft> inOrder = new ArrayList<>();
    for (KernelMethod method : source.kernels()) {
      Draft draft = drafts.drafts.get(method.name());
      if (draft != null) {
        inOrder.add(draft);
      }
    }
    return inOrder;
  }

  private void kernel(KernelMethod method) {
    Optional<KernelPlan> plan = plan(method);
    if (plan.isPresent()) {
      drafts.put(method.name(), Draft.of(plan.get()));
    } else {
      callable.addWrong(method.name());
    }
  }

  private void pipeline(KernelMethod method) {
    Optional<Candidates> candidates =
        plainPipelines
            ? PipelinePlanner.plain(method, callable, report)
            : PipelinePlanner.plan(method, callable, report);
    if (candidates.isEmpty()) {
      return;
    }
    List<KernelPlan> plans = new ArrayList<>();
    List<String> descriptions = new ArrayList<>();
    for (Candidate candidate : candidates.get().all()) {
      Report own = new Report();
      Optional<KernelPlan> plan = plan(candidate, own);
      if (plan.isEmpty()) {
        own.problems().forEach(report::add);
        return;
      }
      plans.add(plan.get());
      descriptions.add(candidate.description());
    }
    drafts.put(method.name(), new Draft(plans, descriptions, candidates.get().byColouring()));
  }

  private Optional<KernelPlan> plan(Candidate candidate, Report own) {
    KernelMethod method = candidate.method();
    try {
      MlirModule module = method.program().module();
      EntryPoint entry = method.program().entryPoint(module, candidate.counts());
      return plan(method, entry, own);
    } catch (CompilationException e) {
      own.add(badProgram(method, e));
      return Optional.empty();
    }
  }

  private Optional<KernelPlan> plan(KernelMethod method) {
    EntryPoint entry;
    MlirModule module;
    try {
      module = method.program().module();
      Optional<DeviceCounts> counts = DeviceCheck.counts(method, module, report);
      if (counts.isEmpty()) {
        return Optional.empty();
      }
      entry = method.program().entryPoint(module, counts.get());
    } catch (CompilationException e) {
      report.add(badProgram(method, e));
      return Optional.empty();
    }
    Report own = new Report();
    Optional<KernelPlan> plan = plan(method, entry, own);
    own.problems().forEach(report::add);
    if (!own.hasErrors()) {
      callable.add(method, module, entry);
    }
    return plan;
  }

  private static Optional<KernelPlan> plan(KernelMethod method, EntryPoint entry, Report own) {
    SignatureCheck.check(method, entry, own);
    DeviceCheck.check(method, entry.counts(), own);
    if (own.hasErrors()) {
      return Optional.empty();
    }
    try {
      return Optional.of(DonationPlanner.plan(method, entry, own));
    } catch (CompilationException e) {
      // What the runtime finds wrong with a program is wrong with it here as well.
      own.add(badProgram(method, e));
      return Optional.empty();
    }
  }

  private static Problem badProgram(KernelMethod method, CompilationException e) {
    return Message.BAD_PROGRAM.at(
        method.programPlace(), method.name(), method.program().describe(e));
  }
}
