package org.hlo4j.processor.plan;

import java.util.List;
import org.hlo4j.processor.model.KernelInterface;

/** What an interface of kernels becomes. */
public record InterfacePlan(KernelInterface source, List<KernelPlan> kernels) {
  public InterfacePlan {
    kernels = List.copyOf(kernels);
  }

  /** Returns whether its kernels run on several devices, which all of them do if one does. */
  public boolean isOnSeveralDevices() {
    return kernels.stream().anyMatch(kernel -> kernel.counts().devices() > 1);
  }
}
