package org.hlo4j.processor;

import java.util.List;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.function.UnaryOperator;
import org.hlo4j.error.CompilationException;
import org.hlo4j.error.PluginException;
import org.hlo4j.internal.cache.DiskCache;
import org.hlo4j.plugin.CacheFolder;
import org.hlo4j.plugin.PluginLocation;
import org.hlo4j.plugin.PluginLocator;
import org.hlo4j.plugin.PluginRequest;
import org.hlo4j.processor.Options.Verify;
import org.hlo4j.processor.check.FunctionCheck;
import org.hlo4j.processor.message.Message;
import org.hlo4j.processor.message.Place;
import org.hlo4j.processor.message.Problem;
import org.hlo4j.processor.message.Report;
import org.hlo4j.processor.model.KernelProgram;
import org.hlo4j.processor.plan.Draft;
import org.hlo4j.processor.plan.KernelPlan;
import org.hlo4j.processor.verify.ChildCommand;
import org.hlo4j.processor.verify.Request;
import org.hlo4j.processor.verify.Verdict;
import org.hlo4j.processor.verify.Verdict.Accepted;
import org.hlo4j.processor.verify.Verdict.Unavailable;
import org.hlo4j.processor.verify.Verifier;
import org.jspecify.annotations.Nullable;

/** Verifies the kernels of a build with XLA, according to the build's options. */
final class Verification implements AutoCloseable {
  private static final long CACHE_BYTES = 1L << 30;

  private final Options options;
  private final UnaryOperator<ChildCommand> children;
  private @Nullable Verifier verifier;
  private boolean isUnavailable;

  /**
   * Creates a verification.
   *
   * @param children replaces the usual child process
   */
  Verification(Options options, UnaryOperator<ChildCommand> children) {
    this.options = options;
    this.children = children;
    this.isUnavailable = options.verify() == Verify.OFF;
  }

  /** A kernel with pending verdicts. */
  record Pending(Draft draft, List<CompletableFuture<Verdict>> verdicts) {}

  /** Waits for verdicts, and returns the chosen plan; empty if an error is reported. */
  Optional<KernelPlan> await(Pending pending, Report report) {
    List<Verdict> all = pending.verdicts().stream().map(CompletableFuture::join).toList();
    return switch (pending.draft()) {
      case Draft.OfKernel kernel -> Optional.of(verified(kernel.plan(), all, report));
      case Draft.OfPipeline pipeline -> verified(pipeline, all, report);
    };
  }

  private KernelPlan verified(KernelPlan plan, List<Verdict> verdicts, Report report) {
    if (verdicts.isEmpty()) {
      // Some functions are known to be missing in all plugins.
      FunctionCheck.check(plan.method(), plan.text(), report);
      return plan;
    }
    return judged(plan, verdicts.get(0), report);
  }

  private Optional<KernelPlan> verified(
      Draft.OfPipeline draft, List<Verdict> verdicts, Report report) {
    Optional<Choice> choice = Choice.among(draft, verdicts);
    if (choice.isPresent()) {
      return plan(draft, choice.get(), report).map(plan -> compiledAhead(plan, report));
    }
    String first = draft.forms().get(0).text();
    Optional<Problem> problem =
        verdicts.stream()
            .findFirst()
            .flatMap(verdict -> VerdictProblem.of(draft.method(), first, verdict));
    if (problem.isPresent()) {
      return report.refuse(problem.get());
    }
    return plan(draft, Choice.withoutCompiler(draft), report)
        .map(plan -> verified(plan, verdicts, report));
  }

  private static Optional<KernelPlan> plan(Draft.OfPipeline draft, Choice choice, Report report) {
    try {
      return Optional.of(draft.plan(choice.form(), choice.reason()));
    } catch (CompilationException e) {
      return report.refuse(
          Message.BAD_PROGRAM.at(
              draft.method().programPlace(),
              draft.method().name(),
              draft.method().describe(choice.form().text(), e.line(), e.column(), e.problem())));
    }
  }

  /** Starts the verification of a kernel, or of the forms of a pipeline, without waiting. */
  Pending start(Draft draft, Report report) {
    Verifier known = verifier(report);
    if (known == null) {
      return new Pending(draft, List.of());
    }
    return switch (draft) {
      case Draft.OfPipeline pipeline ->
          new Pending(
              draft,
              pipeline.forms().stream()
                  .map(form -> Request.ofText(form.text()).onDevices(pipeline.counts()).withCosts())
                  .map(known::submit)
                  .toList());
      case Draft.OfKernel kernel -> {
        Request request = request(kernel.plan());
        Request wanted = options.aheadOfTime() ? request.withExecutable() : request;
        yield new Pending(draft, List.of(known.submit(wanted)));
      }
    };
  }

  /** Returns the plan with its executable, if requested. */
  private KernelPlan compiledAhead(KernelPlan plan, Report report) {
    Verifier known = verifier;
    return known == null || !options.aheadOfTime()
        ? plan
        : judged(plan, known.submit(request(plan).withExecutable()).join(), report);
  }

  private static Request request(KernelPlan plan) {
    Request request =
        plan.method().program() instanceof KernelProgram.Bytecode bytecode
            ? Request.ofBytecode(bytecode.content(), plan.text())
            : Request.ofText(plan.text());
    return request.onDevices(plan.counts());
  }

  private @Nullable Verifier verifier(Report report) {
    if (verifier == null && !isUnavailable) {
      try {
        PluginLocation plugin = PluginLocator.ofThisJvm().locate(PluginRequest.any());
        verifier =
            new Verifier(
                children.apply(Verifier.commandFor(plugin.library())),
                plugin.fingerprint(),
                CacheFolder.VERIFIED.find().map(folder -> DiskCache.at(folder, CACHE_BYTES)),
                options.verifyLimit());
      } catch (PluginException e) {
        unavailable(String.valueOf(e.getMessage()), report);
      }
    }
    return isUnavailable ? null : verifier;
  }

  /** Reports once why there are no verdicts: an error or a warning, depending on the options. */
  private void unavailable(String reason, Report report) {
    if (!isUnavailable) {
      isUnavailable = true;
      Message message =
          options.verify() == Verify.REQUIRED ? Message.NOT_VERIFIABLE : Message.NOT_VERIFIED;
      report.add(message.at(Place.ofBuild(), reason));
    }
  }

  private KernelPlan judged(KernelPlan plan, Verdict verdict, Report report) {
    if (verdict instanceof Unavailable unavailable) {
      unavailable(unavailable.reason(), report);
      FunctionCheck.check(plan.method(), plan.text(), report);
    }
    VerdictProblem.of(plan.method(), plan.text(), verdict).ifPresent(report::add);
    return verdict instanceof Accepted accepted
        ? accepted.executable().map(plan::with).orElse(plan)
        : plan;
  }

  /** Ends the child processes. */
  @Override
  public void close() {
    if (verifier != null) {
      verifier.close();
    }
  }
}
