package org.hlo4j.processor.plan;

import java.util.List;
import org.hlo4j.processor.model.KernelMethod;
import org.hlo4j.processor.model.Structure.Leaf;

/**
 * What a kernel becomes.
 *
 * @param method the kernel
 * @param programText the program that XLA gets
 * @param rewritten whether that is another text than the user's
 */
public record KernelPlan(KernelMethod method, String programText, boolean rewritten) {

  /** The Java names of the program's inputs, in order. */
  public List<String> inputNames() {
    return method.inputs().stream().map(Leaf::path).toList();
  }
}
