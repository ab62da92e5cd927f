package org.hlo4j.processor.plan;

import java.util.List;
import org.hlo4j.processor.model.KernelInterface;

/** The plan of an interface of kernels. */
public record InterfacePlan(KernelInterface source, List<KernelPlan> kernels) {
  public InterfacePlan {
    kernels = List.copyOf(kernels);
  }

  /** Returns whether its kernels run on several devices, which applies to all or none. */
  public boolean isOnSeveralDevices() {
    return kernels.stream().anyMatch(kernel -> kernel.counts().devices() > 1);
  }
}
