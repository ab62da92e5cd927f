package org.hlo4j;

import java.util.Arrays;
import java.util.List;
import org.hlo4j.error.ArgumentException;
import org.hlo4j.error.BufferStateException;
import org.hlo4j.internal.mlir.AliasPlan;
import org.hlo4j.internal.mlir.AliasPlan.InputUse;
import org.hlo4j.internal.mlir.AliasPlan.OutputSource;
import org.hlo4j.internal.pjrt.BufferHandle;
import org.hlo4j.internal.pjrt.ExecutableHandle;
import org.hlo4j.type.Shape;

/**
 * The part of a call that one of several devices has. It makes sure that PJRT will find nothing
 * wrong with any argument: the other devices would wait for this one. Used by one thread.
 */
final class CallRow {
  private static final String BEING_DONATED = "it is being donated to another call";

  private final Program program;
  private final Device device;
  private final AliasPlan plan;
  private final DeviceBuffer<?>[] buffers;
  private final BufferHandle[] handles;
  private final boolean[] held;
  private final boolean[] donating;
  private int entered;

  /**
   * The part of a device.
   *
   * @param buffers its shards of the arguments
   */
  CallRow(Program program, Device device, DeviceBuffer<?>[] buffers) {
    this.program = program;
    this.device = device;
    this.plan = program.plan();
    this.buffers = buffers;
    this.handles = new BufferHandle[buffers.length];
    this.held = new boolean[buffers.length];
    this.donating = new boolean[buffers.length];
  }

  /**
   * Enters all buffers and keeps others from giving them away until {@link #leave}.
   *
   * @throws BufferStateException if one was closed, or given away, or is being
   * @throws ArgumentException if one is donated and passed as another argument as well
   */
  void enter() {
    for (; entered < buffers.length; entered++) {
      try {
        handles[entered] = buffers[entered].acquire();
      } catch (BufferStateException e) {
        throw refusal(entered, String.valueOf(e.getMessage()));
      }
    }
    for (int i = 0; i < buffers.length; i++) {
      if (plan.inputs().get(i) == InputUse.DONATED) {
        checkGivenOnce(i);
      } else {
        hold(i);
      }
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

  private void hold(int index) {
    if (!handles[index].hold()) {
      throw refusal(index, BEING_DONATED);
    }
    held[index] = true;
  }

  /**
   * Begins the donations, and marks which inputs keep their memory: a buffer that somebody else
   * holds as well.
   */
  void beginDonations(boolean[] kept) {
    for (int i = 0; i < buffers.length; i++) {
      if (plan.inputs().get(i) == InputUse.DONATED) {
        switch (handles[i].beginDonation()) {
          case BEGUN -> {
            donating[i] = true;
            if (buffers[i].isReleased()) {
              throw refusal(i, String.valueOf(buffers[i].gone().getMessage()));
            }
          }
          case SHARED -> {
            // Whoever holds it as well must not give it away while the other devices run.
            hold(i);
            kept[i] = true;
          }
          case BUSY -> throw refusal(i, BEING_DONATED);
        }
      }
    }
  }

  private BufferStateException refusal(int index, String problem) {
    return new BufferStateException(
        "%s: argument %s on %s: %s".formatted(program.name(), name(index), device, problem));
  }

  private String name(int index) {
    return program.inputs().get(index).name();
  }

  /** What PJRT gets. */
  BufferHandle[] passed() {
    BufferHandle[] passed = new BufferHandle[handles.length];
    int count = 0;
    for (int i = 0; i < handles.length; i++) {
      if (plan.inputs().get(i).isPassed()) {
        passed[count] = handles[i];
        count++;
      }
    }
    return Arrays.copyOf(passed, count);
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
      BufferHandle handle =
          source.isInput() ? handles[source.index()] : launch.outputs().get(source.index());
      boolean isFirst = !source.isInput() && !adopted[source.index()];
      if (isFirst) {
        adopted[source.index()] = true;
        outputs[i] = DeviceBuffer.adopt(handle, shapes.get(i), device, site);
      } else {
        // This row, or the output before, is a holder, so the buffer is there.
        boolean unused = handle.hold();
        outputs[i] = DeviceBuffer.share(handle, shapes.get(i), device, site);
      }
    }
    return outputs;
  }

  /** Marks the buffers that are gone. PJRT says which: a donation only allows to take them. */
  void spendDonated(CallSite site) {
    for (int i = 0; i < buffers.length; i++) {
      boolean taken = donating[i] && handles[i].isDeleted();
      if (taken || plan.inputs().get(i).isMoved()) {
        buffers[i].spend(site);
      }
    }
  }

  /** Ends what {@link #enter} and {@link #beginDonations} have begun. */
  void leave() {
    for (int i = 0; i < entered; i++) {
      if (donating[i]) {
        handles[i].endDonation();
      }
      if (held[i] && handles[i].letGo()) {
        NativePressure.release(buffers[i].shape().byteSize());
      }
      if (donating[i]) {
        handles[i].releaseDonated();
      } else {
        handles[i].release();
      }
    }
  }
}
