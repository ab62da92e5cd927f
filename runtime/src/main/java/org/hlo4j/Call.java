package org.hlo4j;

import java.util.Arrays;
import org.hlo4j.error.BufferStateException;
import org.hlo4j.error.PjrtException;
import org.hlo4j.internal.mlir.AliasPlan;
import org.hlo4j.internal.mlir.AliasPlan.InputUse;
import org.hlo4j.internal.mlir.AliasPlan.OutputSource;
import org.hlo4j.internal.pjrt.BufferHandle;
import org.hlo4j.internal.pjrt.ExecutableHandle;
import org.hlo4j.type.Shape;

/**
 * One call of an executable whose arguments have been checked: it enters the buffers, starts the
 * program, and gives each output the buffer that the plan says. Used by one thread.
 */
final class Call {
  private static final int[] NONE = {};
  private static final String BEING_DONATED = "it is being donated to another call";

  private final Program program;
  private final Device device;
  private final AliasPlan plan;
  private final DeviceBuffer<?>[] buffers;
  private final BufferHandle[] handles;
  private final boolean[] donating;
  private final CallSite site;
  private int entered;

  Call(Program program, Device device, DeviceBuffer<?>[] buffers, CallSite site) {
    this.program = program;
    this.device = device;
    this.plan = program.plan();
    this.buffers = buffers;
    this.handles = new BufferHandle[buffers.length];
    this.donating = new boolean[buffers.length];
    this.site = site;
  }

  /** Starts the program. The caller has entered the executable. */
  Results start(ExecutableHandle executable) {
    BufferHandle[] forwarded = new BufferHandle[plan.outputs().size()];
    boolean started = false;
    try {
      enterAll();
      holdForwarded(forwarded);
      ExecutableHandle.Launch launch = executable.execute(passed(), kept());
      started = true;
      spendDonated(launch, forwarded);
      return results(launch, forwarded);
    } catch (PjrtException e) {
      throw new PjrtException(e.code(), site + ": " + e.getMessage(), e);
    } finally {
      if (!started) {
        letGo(forwarded);
      }
      leaveAll();
    }
  }

  private void enterAll() {
    for (; entered < buffers.length; entered++) {
      handles[entered] = enter(entered);
    }
  }

  private BufferHandle enter(int index) {
    try {
      return buffers[index].acquire();
    } catch (BufferStateException e) {
      throw refusal(index, String.valueOf(e.getMessage()));
    }
  }

  private BufferStateException refusal(int index, String problem) {
    return new BufferStateException(
        "%s: argument %s: %s"
            .formatted(program.name(), program.inputs().get(index).name(), problem));
  }

  private void leaveAll() {
    for (int i = 0; i < entered; i++) {
      if (donating[i]) {
        handles[i].endDonation();
      }
      handles[i].release();
    }
  }

  /** An output that is an input's buffer holds that, so that closing either leaves the other. */
  private void holdForwarded(BufferHandle[] forwarded) {
    for (int i = 0; i < forwarded.length; i++) {
      OutputSource source = plan.outputs().get(i);
      if (source.isInput()) {
        BufferHandle handle = handles[source.index()];
        if (!handle.hold()) {
          throw refusal(source.index(), BEING_DONATED);
        }
        forwarded[i] = handle;
      }
    }
  }

  private static void letGo(BufferHandle[] forwarded) {
    for (BufferHandle handle : forwarded) {
      if (handle != null) {
        handle.letGo();
      }
    }
  }

  /** Without a stream: short calls would feel it. */
  private BufferHandle[] passed() {
    BufferHandle[] passed = new BufferHandle[handles.length];
    int count = 0;
    for (int i = 0; i < handles.length; i++) {
      if (plan.inputs().get(i).isPassed()) {
        passed[count] = handles[i];
        count++;
      }
    }
    return count == passed.length ? passed : Arrays.copyOf(passed, count);
  }

  /**
   * Begins the donations, and answers which of what is passed keeps its memory: a buffer that
   * somebody else holds as well.
   */
  private int[] kept() {
    int[] kept = NONE;
    int place = 0;
    for (int i = 0; i < handles.length; i++) {
      InputUse use = plan.inputs().get(i);
      if (use == InputUse.DONATED) {
        switch (handles[i].beginDonation()) {
          case BEGUN -> {
            donating[i] = true;
            checkStillThere(i);
          }
          case SHARED -> {
            kept = Arrays.copyOf(kept, kept.length + 1);
            kept[kept.length - 1] = place;
          }
          case BUSY -> throw refusal(i, BEING_DONATED);
        }
      }
      place += use.isPassed() ? 1 : 0;
    }
    return kept;
  }

  /**
   * A buffer that was closed since it was entered is no holder any more: the one that has been
   * found is then another, whose memory is not to be given away.
   */
  private void checkStillThere(int index) {
    if (buffers[index].isGone()) {
      throw refusal(index, String.valueOf(buffers[index].gone().getMessage()));
    }
  }

  /** The attribute only allows XLA to take the memory; PJRT says whether it has. */
  private void spendDonated(ExecutableHandle.Launch launch, BufferHandle[] forwarded) {
    try {
      for (int i = 0; i < handles.length; i++) {
        boolean taken = donating[i] && handles[i].isDeleted();
        if (taken || plan.inputs().get(i).isMoved()) {
          buffers[i].spend(site);
        }
      }
    } catch (PjrtException e) {
      launch.outputs().forEach(BufferHandle::close);
      letGo(forwarded);
      throw e;
    }
  }

  private Results results(ExecutableHandle.Launch launch, BufferHandle[] forwarded) {
    DeviceBuffer<?>[] outputs = new DeviceBuffer<?>[forwarded.length];
    boolean[] adopted = new boolean[launch.outputs().size()];
    for (int i = 0; i < outputs.length; i++) {
      Shape shape = program.outputs().get(i).shape();
      OutputSource source = plan.outputs().get(i);
      if (source.isInput()) {
        outputs[i] = DeviceBuffer.share(forwarded[i], shape, device, site);
      } else {
        BufferHandle computed = launch.outputs().get(source.index());
        boolean again = adopted[source.index()] && computed.hold();
        adopted[source.index()] = true;
        outputs[i] =
            again
                ? DeviceBuffer.share(computed, shape, device, site)
                : DeviceBuffer.adopt(computed, shape, device, site);
      }
    }
    return new Results(outputs, launch.complete(), site);
  }
}
