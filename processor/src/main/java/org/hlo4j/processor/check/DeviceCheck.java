package org.hlo4j.processor.check;

import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;
import org.hlo4j.internal.mlir.analysis.DeviceCounts;
import org.hlo4j.internal.mlir.model.MlirModule;
import org.hlo4j.processor.message.Message;
import org.hlo4j.processor.message.Report;
import org.hlo4j.processor.model.DeclaredDevices;
import org.hlo4j.processor.model.KernelMethod;
import org.hlo4j.processor.model.Structure.Leaf;

/** Checks that kernels for several devices declare them, and that their tensors match. */
public final class DeviceCheck {
  private DeviceCheck() {}

  /**
   * Returns the number of processes of a kernel, declared by its program or its annotation; empty
   * if they contradict each other, which is reported.
   *
   * @param module the program, if it is text
   */
  public static Optional<DeviceCounts> counts(
      KernelMethod method, DeclaredDevices declared, Optional<MlirModule> module, Report report) {
    DeviceCounts stated = module.map(DeviceCounts::in).orElse(DeviceCounts.ONE);
    int replicas = declared.replicas().orElse(stated.replicas());
    int partitions = declared.partitions().orElse(stated.partitions());
    boolean areReplicasRight =
        isRight(method, "replicas", replicas, stated.replicas(), module, report);
    boolean arePartitionsRight =
        isRight(method, "partitions", partitions, stated.partitions(), module, report);
    return areReplicasRight && arePartitionsRight
        ? Optional.of(new DeviceCounts(replicas, partitions))
        : Optional.empty();
  }

  private static boolean isRight(
      KernelMethod method,
      String what,
      int count,
      int stated,
      Optional<MlirModule> module,
      Report report) {
    if (!DeviceCounts.isPossible(count)) {
      report.add(Message.BAD_DEVICES.at(method.place(), method.name(), what, count));
      return false;
    }
    boolean isStated = module.isPresent() && module.get().attributes().has("mhlo.num_" + what);
    if (isStated && stated != count) {
      report.add(
          Message.DEVICES_CONTRADICTED.at(method.place(), method.name(), what, stated, count));
      return false;
    }
    return true;
  }

  /** Reports each tensor that is declared for the wrong number of devices. */
  public static void check(KernelMethod method, DeviceCounts counts, Report report) {
    List<Leaf> leaves = Stream.concat(method.inputs().stream(), method.outputs().stream()).toList();
    for (Leaf leaf : leaves) {
      String what = leaf.path().isEmpty() ? "The result of " + method.name() : leaf.path();
      String type = leaf.tensorType().simpleName();
      if (counts.devices() > 1 && !leaf.holder().isSharded()) {
        report.add(
            Message.NOT_SHARDED.at(
                leaf.place(), what, method.name(), counts.devices(), counts, type));
      } else if (counts.devices() == 1 && leaf.holder().isSharded()) {
        report.add(Message.SHARDED.at(leaf.place(), what, method.name(), type));
      }
    }
  }

  /**
   * Reports the first kernel that runs on another number of devices than the first one.
   *
   * @param counts the numbers of processes of each kernel
   */
  public static void checkEqual(
      List<KernelMethod> methods, List<DeviceCounts> counts, Report report) {
    for (int i = 1; i < methods.size(); i++) {
      int first = counts.get(0).devices();
      int other = counts.get(i).devices();
      if (other != first) {
        KernelMethod method = methods.get(i);
        String name = methods.get(0).name();
        report.add(Message.DIFFERENT_DEVICES.at(method.place(), method.name(), other, name, first));
        return;
      }
    }
  }
}
