package org.hlo4j.processor;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.function.UnaryOperator;
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
import org.hlo4j.processor.model.KernelMethod;
import org.hlo4j.processor.plan.KernelPlan;
import org.hlo4j.processor.verify.ChildCommand;
import org.hlo4j.processor.verify.Request;
import org.hlo4j.processor.verify.Verdict;
import org.hlo4j.processor.verify.Verdict.Accepted;
import org.hlo4j.processor.verify.Verdict.Crashed;
import org.hlo4j.processor.verify.Verdict.Refused;
import org.hlo4j.processor.verify.Verdict.TimedOut;
import org.hlo4j.processor.verify.Verdict.Unavailable;
import org.hlo4j.processor.verify.Verifier;
import org.jspecify.annotations.Nullable;

/** Has XLA verify the kernels of a build, as the build's options ask for it. */
final class Verification implements AutoCloseable {
  private static final long CACHE_BYTES = 1L << 30;

  private final Options options;
  private final UnaryOperator<ChildCommand> children;
  private @Nullable Verifier verifier;
  private boolean isUnavailable;

  /**
   * A verification.
   *
   * @param children what to start in place of the usual process
   */
  Verification(Options options, UnaryOperator<ChildCommand> children) {
    this.options = options;
    this.children = children;
    this.isUnavailable = options.verify() == Verify.OFF;
  }

  /** A kernel whose verdict is on its way, or a pipeline whose forms are being tried. */
  final class Pending {
    private final Draft draft;
    private final List<CompletableFuture<Verdict>> verdicts;

    private Pending(Draft draft, List<CompletableFuture<Verdict>> verdicts) {
      this.draft = draft;
      this.verdicts = List.copyOf(verdicts);
    }

    /** Waits for the verdict: the plan to take, with its executable if there is one. */
    KernelPlan await(Report report) {
      if (verdicts.isEmpty()) {
        return unverified(draft, report);
      }
      List<Verdict> all = verdicts.stream().map(CompletableFuture::join).toList();
      if (draft.descriptions().isEmpty()) {
        return judged(draft.first(), all.get(0), report);
      }
      Optional<KernelPlan> choice = Choice.among(draft, all);
      return choice.isEmpty()
          ? judged(Choice.withoutCompiler(draft), all.get(0), report)
          : compiledAhead(choice.get(), report);
    }
  }

  /** Nobody compiles the program, but some functions are known to be missing everywhere. */
  private static KernelPlan unverified(Draft draft, Report report) {
    KernelPlan plan = Choice.withoutCompiler(draft);
    FunctionCheck.check(plan.method(), report);
    return plan;
  }

  /** Has a kernel verified, or the forms of a pipeline, and answers at once. */
  Pending start(Draft draft, Report report) {
    Verifier known = verifier(report);
    if (known == null) {
      return new Pending(draft, List.of());
    }
    if (!draft.descriptions().isEmpty()) {
      return new Pending(
          draft,
          draft.plans().stream().map(plan -> known.submit(request(plan).withCosts())).toList());
    }
    KernelPlan plan = draft.first();
    Request request = request(plan);
    return new Pending(
        draft, List.of(known.submit(isCompiledAhead(plan) ? request.withExecutable() : request)));
  }

  /** The form that was chosen, with its executable if that is wanted. */
  private KernelPlan compiledAhead(KernelPlan plan, Report report) {
    Verifier known = verifier;
    return known == null || !isCompiledAhead(plan)
        ? plan
        : judged(plan, known.submit(request(plan).withExecutable()).join(), report);
  }

  /** Executables for several devices are made where these are. */
  private boolean isCompiledAhead(KernelPlan plan) {
    return options.aheadOfTime() && plan.counts().devices() == 1;
  }

  private static Request request(KernelPlan plan) {
    String text = plan.programText();
    return plan.method()
        .program()
        .bytecode()
        .map(code -> Request.ofBytecode(code.content(), text))
        .orElseGet(() -> Request.ofText(text))
        .onDevices(plan.counts().replicas(), plan.counts().partitions());
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

  /** Says once why there are no verdicts; whether that is an error is the build's to say. */
  private void unavailable(String reason, Report report) {
    if (!isUnavailable) {
      isUnavailable = true;
      Message message =
          options.verify() == Verify.REQUIRED ? Message.NOT_VERIFIABLE : Message.NOT_VERIFIED;
      report.add(message.at(Place.ofBuild(), reason));
    }
  }

  private KernelPlan judged(KernelPlan plan, Verdict verdict, Report report) {
    switch (verdict) {
      case Accepted accepted -> {
        return accepted.executable().map(plan::with).orElse(plan);
      }
      case Refused refused -> report.add(problem(plan, refused));
      case Crashed crashed ->
          report.add(problem(Message.CRASHES_XLA, plan, crashed.how(), lastWords(crashed)));
      case TimedOut late ->
          report.add(problem(Message.TOO_SLOW_FOR_XLA, plan, late.limit().toSeconds()));
      case Unavailable unavailable -> {
        unavailable(unavailable.reason(), report);
        FunctionCheck.check(plan.method(), report);
      }
    }
    return plan;
  }

  private static Problem problem(KernelPlan plan, Refused refused) {
    String described =
        plan.method().program().describe(refused.line(), refused.column(), refused.problem());
    return switch (refused.by()) {
      case XLA -> problem(Message.REFUSED_BY_XLA, plan, described);
      case LACK_OF_FUNCTION -> problem(Message.MISSING_FUNCTION, plan, described);
      case CHECK -> problem(Message.BAD_PROGRAM, plan, described);
      case FAILURE -> problem(Message.CRASHES_XLA, plan, "failed with " + refused.problem(), "");
    };
  }

  private static Problem problem(Message message, KernelPlan plan, Object... things) {
    KernelMethod method = plan.method();
    List<Object> all = new ArrayList<>(List.of(method.name()));
    all.addAll(List.of(things));
    return message.at(method.programPlace(), all.toArray());
  }

  private static String lastWords(Crashed crashed) {
    return crashed.lastWords().isEmpty() ? "" : "\n" + crashed.lastWords();
  }

  /** Ends what the verdicts have needed. */
  @Override
  public void close() {
    if (verifier != null) {
      verifier.close();
    }
  }
}
