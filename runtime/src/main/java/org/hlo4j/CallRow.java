package org.hlo4j;

import java.util.Arrays;
import java.util.List;
import org.hlo4j.error.ArgumentException;
import org.hlo4j.error.BufferStateException;
import org.hlo4j.internal.mlir.rewrite.AliasPlan;
import org.hlo4j.internal.mlir.rewrite.AliasPlan.InputUse;
import org.hlo4j.internal.mlir.rewrite.AliasPlan.OutputSource;
import org.hlo4j.internal.pjrt.BufferHandle;
import org.hlo4j.internal.pjrt.ExecutableHandle;
import org.hlo4j.type.Shape;
import org.jspecify.annotations.Nullable;

/**
 * The part of a call that one of several devices has. It makes sure that PJRT will find nothing
 * wrong with any argument: the other devices would wait for this one. Used by one thread.
 */
final class CallRow {
  private final Program program;
  private final Device device;
  private final AliasPlan plan;
  private final DeviceBuffer<?>[] buffers;
  private final ArgumentLocks locks;
  private final int first;
  private final @Nullable BufferHandle[] forwarded;

  /**
   * The part of a device.
   *
   * @param buffers its shards of the arguments
   * @param locks of all devices
   * @param first the place of this device's first argument among those
   * @throws ArgumentException if one is donated and passed as another argument as well
   */
  CallRow(
      Program program, Device device, DeviceBuffer<?>[] buffers, ArgumentLocks locks, int first) {
    this.program = program;
    this.device = device;
    this.plan = program.plan();
    this.buffers = buffers;
    this.locks = locks;
    this.first = first;
    this.forwarded = new BufferHandle[plan.outputs().size()];
    for (int i = 0; i < buffers.length; i++) {
      boolean donated = plan.inputs().get(i) == InputUse.DONATED;
      if (donated) {
        checkGivenOnce(i);
      }
      locks.add(first + i, buffers[i], donated);
    }
  }

  private void checkGivenOnce(int donated) {
    for (int i = 0; i < buffers.length; i++) {
      if (i != donated && buffers[i] == buffers[donated]) {
        throw new ArgumentException(
            "%s: argument %s is donated, and the same buffer is argument %s as well"
                .formatted(program.name(), name(donated), name(i)));
      }
    }
  }

  /** Marks which inputs keep their memory: a buffer that somebody else holds as well. */
  void markKept(boolean[] kept) {
    for (int i = 0; i < buffers.length; i++) {
      kept[i] |= plan.inputs().get(i) == InputUse.DONATED && !locks.isDonating(first + i);
    }
  }

  private String name(int index) {
    return program.inputs().get(index).name();
  }

  /** What PJRT gets. */
  BufferHandle[] passed() {
    BufferHandle[] passed = new BufferHandle[buffers.length];
    int count = 0;
    for (int i = 0; i < passed.length; i++) {
      if (plan.inputs().get(i).isPassed()) {
        passed[count] = locks.handle(first + i);
        count++;
      }
    }
    return Arrays.copyOf(passed, count);
  }

  /**
   * Holds the inputs that are outputs unchanged, before anything is launched.
   *
   * @throws BufferStateException if another thread has closed one, or waits to give it away
   */
  void holdForwarded() {
    for (int i = 0; i < forwarded.length; i++) {
      OutputSource source = plan.outputs().get(i);
      if (source.isInput()) {
        forwarded[i] = locks.hold(first + source.index());
      }
    }
  }

  /** Lets go of what the call that was refused will not hand on. */
  void letGoForwarded() {
    for (BufferHandle handle : forwarded) {
      if (handle != null) {
        handle.letGo();
      }
    }
  }

  /**
   * The outputs, in order. An output that is an input unchanged is held once more.
   *
   * @param shapes what each device has of each output
   */
  DeviceBuffer<?>[] outputs(ExecutableHandle.Launch launch, List<Shape> shapes, CallSite site) {
    DeviceBuffer<?>[] outputs = new DeviceBuffer<?>[shapes.size()];
    boolean[] adopted = new boolean[launch.outputs().size()];
    for (int i = 0; i < outputs.length; i++) {
      OutputSource source = plan.outputs().get(i);
      if (source.isInput()) {
        outputs[i] = DeviceBuffer.share(forwarded[i], shapes.get(i), device, site);
        continue;
      }
      BufferHandle handle = launch.outputs().get(source.index());
      if (adopted[source.index()]) {
        // The output before is a holder that nobody else knows, so the buffer is there.
        boolean unused = handle.hold();
        outputs[i] = DeviceBuffer.share(handle, shapes.get(i), device, site);
      } else {
        adopted[source.index()] = true;
        outputs[i] = DeviceBuffer.adopt(handle, shapes.get(i), device, site);
      }
    }
    return outputs;
  }

  /** Marks the buffers that are gone. PJRT says which: a donation only allows to take them. */
  void spendDonated(CallSite site) {
    for (int i = 0; i < buffers.length; i++) {
      if (locks.isTaken(first + i) || plan.inputs().get(i).isMoved()) {
        locks.spend(first + i, site);
      }
    }
  }
}
