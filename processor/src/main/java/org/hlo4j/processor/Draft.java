package org.hlo4j.processor;

import java.util.List;
import org.hlo4j.processor.plan.KernelPlan;

/**
 * A kernel's plan, or the plans that a pipeline could have.
 *
 * @param plans one for a kernel; of a pipeline's, the first is the one as written
 * @param descriptions what each plan of a pipeline is called; empty for a kernel
 * @param preferred the place of the plan to take where no compiler can tell
 */
record Draft(List<KernelPlan> plans, List<String> descriptions, int preferred) {
  Draft {
    plans = List.copyOf(plans);
    descriptions = List.copyOf(descriptions);
  }

  static Draft of(KernelPlan plan) {
    return new Draft(List.of(plan), List.of(), 0);
  }

  KernelPlan first() {
    return plans.get(0);
  }
}
