package org.hlo4j.generated;

import java.util.ArrayList;
import java.util.List;
import org.hlo4j.Device;
import org.hlo4j.DeviceGroup;
import org.hlo4j.KernelMetadata;
import org.hlo4j.Promise;

/** The kernels of one interface. Immutable. */
public final class KernelSet {
  private final List<Kernel> kernels;

  private KernelSet(List<Kernel> kernels) {
    this.kernels = kernels;
  }

  /** Returns a set of kernels, in the order of their methods. */
  public static KernelSet of(Kernel... kernels) {
    return new KernelSet(List.of(kernels));
  }

  /** Starts compiling all kernels that are not yet compiled, in parallel. */
  public Promise<Void> prepare(Device device) {
    return prepare(DeviceGroup.of(device));
  }

  /** Starts compiling all kernels that are not yet compiled for several devices, in parallel. */
  public Promise<Void> prepare(DeviceGroup group) {
    List<Promise<?>> compilations = new ArrayList<>();
    kernels.forEach(kernel -> compilations.add(kernel.compileAsync(group)));
    return Promise.all(compilations);
  }

  /** Returns the static properties of each kernel. */
  public List<KernelMetadata> metadata() {
    return kernels.stream().map(Kernel::metadata).toList();
  }
}
