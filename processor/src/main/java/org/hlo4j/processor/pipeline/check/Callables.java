package org.hlo4j.processor.pipeline.check;

import java.util.Map;
import java.util.Set;
import org.hlo4j.internal.text.NameSuggestion;
import org.hlo4j.processor.message.Message;
import org.hlo4j.processor.pipeline.syntax.Name;

/**
 * The kernels of an interface, as seen by its pipelines.
 *
 * @param signatures the callable ones, by name
 * @param problems why others cannot be called, by name
 * @param wrong the names of those with errors of their own, which are reported elsewhere
 */
public record Callables(
    Map<String, KernelSignature> signatures, Map<String, String> problems, Set<String> wrong) {
  KernelSignature get(Name name) throws Rejection {
    KernelSignature kernel = signatures.get(name.text());
    if (kernel != null) {
      return kernel;
    }
    String why = problems.get(name.text());
    if (why != null) {
      throw new Refusal(Message.CANNOT_LINK, name.span(), name, why);
    }
    if (wrong.contains(name.text())) {
      throw new SilentRefusal();
    }
    String hint = NameSuggestion.didYouMean(name.text(), signatures.keySet());
    throw new Refusal(Message.NO_SUCH_KERNEL, name.span(), name, hint);
  }
}
