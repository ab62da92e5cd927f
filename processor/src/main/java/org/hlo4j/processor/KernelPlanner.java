package org.hlo4j.processor;

import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Stream;
import org.hlo4j.error.CompilationException;
import org.hlo4j.internal.mlir.analysis.DeviceCounts;
import org.hlo4j.internal.mlir.analysis.EntryPoint;
import org.hlo4j.internal.mlir.model.MlirModule;
import org.hlo4j.internal.mlir.syntax.MlirReader;
import org.hlo4j.internal.mlir.text.SourceText;
import org.hlo4j.processor.check.DeviceCheck;
import org.hlo4j.processor.check.SignatureCheck;
import org.hlo4j.processor.message.Message;
import org.hlo4j.processor.message.Report;
import org.hlo4j.processor.model.KernelInterface;
import org.hlo4j.processor.model.KernelMethod;
import org.hlo4j.processor.model.KernelProgram;
import org.hlo4j.processor.model.ProgramSignature;
import org.hlo4j.processor.pipeline.CallableKernels;
import org.hlo4j.processor.pipeline.PipelinePlanner;
import org.hlo4j.processor.plan.DonationPlanner;
import org.hlo4j.processor.plan.Draft;
import org.hlo4j.processor.plan.KernelPlan;

/** Checks and plans the kernels of an interface: first the kernels, then the pipelines. */
final class KernelPlanner {
  private final boolean plainPipelines;
  private final Report report;
  private final CallableKernels callable = new CallableKernels();
  private final Map<String, Draft> drafts = new LinkedHashMap<>();

  private KernelPlanner(boolean plainPipelines, Report report) {
    this.plainPipelines = plainPipelines;
    this.report = report;
  }

  /**
   * Returns the drafts of an interface, in the order of its methods, without erroneous ones.
   *
   * @param plainPipelines whether pipelines are translated statement by statement
   */
  static List<Draft> plan(KernelInterface source, boolean plainPipelines, Report report) {
    KernelPlanner planner = new KernelPlanner(plainPipelines, report);
    for (KernelMethod method : source.kernels()) {
      switch (method.program()) {
        case KernelProgram.Standalone program -> planner.kernel(method, program);
        case KernelProgram.Pipeline unused ->
            planner.callable.addUncallable(method.name(), "it is a pipeline itself");
      }
    }
    for (KernelMethod method : source.kernels()) {
      if (method.program() instanceof KernelProgram.Pipeline pipeline) {
        planner.pipeline(method, pipeline);
      }
    }
    return source.kernels().stream()
        .flatMap(method -> Stream.ofNullable(planner.drafts.get(method.name())))
        .toList();
  }

  private void kernel(KernelMethod method, KernelProgram.Standalone program) {
    Report own = new Report();
    try {
      switch (program) {
        case KernelProgram.Textual textual -> textual(method, textual, own);
        case KernelProgram.Bytecode bytecode -> bytecode(method, bytecode, own);
      }
    } catch (CompilationException e) {
      own.add(Message.BAD_PROGRAM.at(method.programPlace(), method.name(), program.describe(e)));
    }
    if (own.hasErrors()) {
      callable.addWrong(method.name());
    }
    own.problems().forEach(report::add);
  }

  private void textual(KernelMethod method, KernelProgram.Textual program, Report own) {
    MlirModule module = MlirReader.read(program.text());
    Optional<DeviceCounts> counts =
        DeviceCheck.counts(method, program.devices(), Optional.of(module), own);
    if (counts.isPresent()) {
      EntryPoint entry = EntryPoint.of(module, counts.get());
      plan(method, program, entry, own);
      if (!own.hasErrors()) {
        callable.add(method, module, entry);
      }
    }
  }

  private void bytecode(KernelMethod method, KernelProgram.Bytecode program, Report own) {
    Optional<DeviceCounts> counts =
        DeviceCheck.counts(method, program.devices(), Optional.empty(), own);
    if (counts.isPresent()) {
      plan(method, program, EntryPoint.ofSignature(program.signature(), counts.get()), own);
      callable.addUncallable(method.name(), "its program is bytecode, which cannot be inlined");
    }
  }

  private void plan(
      KernelMethod method, KernelProgram.Standalone program, EntryPoint entry, Report own) {
    ProgramSignature signature = ProgramSignature.of(entry);
    SignatureCheck.check(method, signature, own);
    DeviceCheck.check(method, entry.counts(), own);
    if (!own.hasErrors()) {
      Map<Integer, Integer> donations = DonationPlanner.plan(method, signature, own);
      drafts.put(
          method.name(), new Draft.OfKernel(KernelPlan.of(method, program, entry, donations)));
    }
  }

  private void pipeline(KernelMethod method, KernelProgram.Pipeline pipeline) {
    PipelinePlanner planner =
        new PipelinePlanner(
            method, new SourceText(pipeline.statements()), callable.callables(), report);
    Optional<Draft.OfPipeline> planned = plainPipelines ? planner.plain() : planner.plan();
    if (planned.isEmpty()) {
      return;
    }
    Report own = new Report();
    DeviceCheck.check(method, planned.get().counts(), own);
    own.problems().forEach(report::add);
    if (!own.hasErrors()) {
      drafts.put(method.name(), planned.get());
    }
  }
}
