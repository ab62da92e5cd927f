package org.hlo4j.processor;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.hlo4j.processor.message.Message;
import org.hlo4j.processor.message.Problem;
import org.hlo4j.processor.model.KernelMethod;
import org.hlo4j.processor.verify.Verdict;
import org.hlo4j.processor.verify.Verdict.Accepted;
import org.hlo4j.processor.verify.Verdict.Crashed;
import org.hlo4j.processor.verify.Verdict.Refused;
import org.hlo4j.processor.verify.Verdict.TimedOut;
import org.hlo4j.processor.verify.Verdict.Unavailable;

/** Converts verdicts to problems with kernels' programs. */
final class VerdictProblem {
  private VerdictProblem() {}

  /**
   * Returns the problem in a verdict; empty if the program is correct, or there is no verdict.
   *
   * @param text the text that was compiled
   */
  static Optional<Problem> of(KernelMethod method, String text, Verdict verdict) {
    return switch (verdict) {
      case Accepted unused -> Optional.empty();
      case Unavailable unused -> Optional.empty();
      case Refused refused -> Optional.of(refused(method, text, refused));
      case Crashed crashed ->
          Optional.of(problem(Message.CRASHES_XLA, method, crashed.how(), lastWords(crashed)));
      case TimedOut late ->
          Optional.of(problem(Message.TOO_SLOW_FOR_XLA, method, late.limit().toSeconds()));
    };
  }

  private static Problem refused(KernelMethod method, String text, Refused refused) {
    String described = method.describe(text, refused.line(), refused.column(), refused.problem());
    return switch (refused.by()) {
      case XLA -> problem(Message.REFUSED_BY_XLA, method, described);
      case LACK_OF_FUNCTION -> problem(Message.MISSING_FUNCTION, method, described);
      case CHECK -> problem(Message.BAD_PROGRAM, method, described);
      case FAILURE -> problem(Message.CRASHES_XLA, method, "failed with " + refused.problem(), "");
    };
  }

  private static Problem problem(Message message, KernelMethod method, Object... things) {
    List<Object> all = new ArrayList<>(List.of(method.name()));
    all.addAll(List.of(things));
    return message.at(method.programPlace(), all.toArray());
  }

  private static String lastWords(Crashed crashed) {
    return crashed.lastWords().isEmpty() ? "" : "\n" + crashed.lastWords();
  }
}
