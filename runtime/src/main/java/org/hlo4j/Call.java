package org.hlo4j;

import java.util.Arrays;
import org.hlo4j.error.PjrtException;
import org.hlo4j.internal.jfr.DonationEvent;
import org.hlo4j.internal.jfr.ExecuteEvent;
import org.hlo4j.internal.mlir.rewrite.AliasPlan;
import org.hlo4j.internal.mlir.rewrite.AliasPlan.InputUse;
import org.hlo4j.internal.mlir.rewrite.AliasPlan.OutputSource;
import org.hlo4j.internal.pjrt.BufferHandle;
import org.hlo4j.internal.pjrt.CallFrame;
import org.hlo4j.type.Shape;

/**
 * The place where calls of an executable are made ready, one after the other: each enters its
 * buffers and leaves them on every way out, and carries out what the alias plan says of them. It is
 * kept between calls, so that a call allocates little more than its results.
 */
final class Call {
  private final Program program;
  private final Device device;
  private final AliasPlan plan;
  private final CallFrame frame;
  private final Shape[] outputShapes;
  private final ArgumentLocks locks;
  private final boolean[] retained;
  private final BufferHandle[] forwarded;
  private final BufferHandle[] computed;

  /** Which outputs are the buffer of one before them. */
  private final boolean[] again;

  /** Whether each buffer goes to XLA and is only read, and each output is a new one. */
  private final boolean plain;

  private long lastNanos;

  Call(Program program, Device device, CallFrame frame) {
    this.program = program;
    this.device = device;
    this.plan = program.plan();
    this.frame = frame;
    int inputs = program.inputs().size();
    this.outputShapes = program.outputs().stream().map(ProgramOutput::shape).toArray(Shape[]::new);
    this.locks = new ArgumentLocks(inputs, this::nameOf);
    this.retained = new boolean[inputs];
    this.forwarded = new BufferHandle[outputShapes.length];
    this.computed = new BufferHandle[plan.computedOutputs().size()];
    this.again = new boolean[outputShapes.length];
    boolean news = true;
    for (int i = 0; i < again.length; i++) {
      again[i] = !plan.outputs().get(i).isInput() && plan.shares(i);
      news &= !plan.shares(i);
    }
    this.plain = news && plan.inputs().stream().allMatch(use -> use == InputUse.READ);
  }

  /** Takes an argument; a retained one keeps its memory. */
  void argument(int index, DeviceBuffer<?> buffer, boolean keep) {
    locks.add(index, buffer, !keep && plan.inputs().get(index) == InputUse.DONATED);
    retained[index] = keep;
  }

  private String nameOf(int index) {
    return "%s: argument %s".formatted(program.name(), program.inputs().get(index).name());
  }

  /** Notes that a call begins, and answers for how many nanoseconds none has. */
  long begin() {
    long now = System.nanoTime();
    long elapsed = now - lastNanos;
    lastNanos = now;
    return elapsed;
  }

  /** Starts the program. The caller has entered the executable. */
  Results start(CallSite site) {
    boolean started = false;
    ExecuteEvent event = new ExecuteEvent();
    event.begin();
    try {
      locks.lock(site);
      pass();
      launch(site);
      frame.takeOutputs(computed);
      started = true;
      if (!plain) {
        spendDonated(site);
      }
      report(event);
      return results(site);
    } catch (PjrtException e) {
      throw new PjrtException(e.code(), site + ": " + e.getMessage(), e);
    } finally {
      if (!started) {
        letGoForwarded();
      }
      forget();
    }
  }

  private void launch(CallSite site) {
    try {
      frame.launch(site.line());
    } catch (PjrtException e) {
      if (!DeviceMemory.isExhausted(e) || isAnyTaken()) {
        throw e;
      }
      launchAgain(site);
    }
  }

  private void launchAgain(CallSite site) {
    Object unused =
        DeviceMemory.retry(
            "The result of " + site,
            program.outputBytes(),
            () -> {
              frame.launch(site.line());
              return frame;
            });
  }

  private boolean isAnyTaken() {
    for (int i = 0; i < retained.length; i++) {
      if (locks.isTaken(i)) {
        return true;
      }
    }
    return false;
  }

  /** Unlocks the arguments. What is kept between calls must keep nothing alive. */
  void forget() {
    locks.unlock();
    Arrays.fill(forwarded, null);
    Arrays.fill(computed, null);
    frame.clear();
  }

  private void pass() {
    if (plain) {
      for (int i = 0; i < retained.length; i++) {
        frame.pass(i, locks.handle(i));
      }
      return;
    }
    holdForwarded();
    int place = 0;
    for (int i = 0; i < retained.length; i++) {
      InputUse use = plan.inputs().get(i);
      if (use.isPassed()) {
        frame.pass(place, locks.handle(i));
        if (use == InputUse.DONATED && !locks.isDonating(i)) {
          frame.keep(place);
        }
        place++;
      }
    }
  }

  /** An output that is an input's buffer holds that, so that closing either leaves the other. */
  private void holdForwarded() {
    for (int i = 0; i < forwarded.length; i++) {
      OutputSource source = plan.outputs().get(i);
      if (source.isInput()) {
        forwarded[i] = locks.hold(source.index());
      }
    }
  }

  private void letGoForwarded() {
    for (BufferHandle handle : forwarded) {
      if (handle != null) {
        handle.letGo();
      }
    }
  }

  /** The attribute only allows XLA to take the memory; PJRT says whether it has. */
  private void spendDonated(CallSite site) {
    try {
      for (int i = 0; i < retained.length; i++) {
        InputUse use = plan.inputs().get(i);
        boolean moved = use.isMoved() && !retained[i];
        boolean taken = moved || locks.isTaken(i);
        if (taken) {
          locks.spend(i, site);
        }
        if (use == InputUse.DONATED || use.isMoved()) {
          report(i, taken);
        }
      }
    } catch (PjrtException e) {
      for (BufferHandle output : computed) {
        output.close();
      }
      letGoForwarded();
      throw e;
    }
  }

  private void report(ExecuteEvent event) {
    event.end();
    if (event.shouldCommit()) {
      event.kernel = program.name();
      event.device = device.toString();
      event.argumentBytes = program.inputBytes();
      event.resultBytes = program.outputBytes();
      event.commit();
    }
  }

  private void report(int index, boolean taken) {
    DonationEvent event = new DonationEvent();
    if (event.shouldCommit()) {
      ProgramInput input = program.inputs().get(index);
      event.kernel = program.name();
      event.argument = input.name();
      event.bytes = input.shape().byteSize();
      event.taken = taken;
      event.commit();
    }
  }

  private Results results(CallSite site) {
    DeviceBuffer<?>[] outputs = new DeviceBuffer<?>[outputShapes.length];
    for (int i = 0; i < outputs.length; i++) {
      OutputSource source = plan.outputs().get(i);
      if (source.isInput()) {
        outputs[i] = DeviceBuffer.share(forwarded[i], outputShapes[i], device, site);
      } else if (again[i]) {
        BufferHandle known = computed[source.index()];
        // Nobody else knows the buffer yet, so that holding it cannot fail.
        boolean unused = known.hold();
        outputs[i] = DeviceBuffer.share(known, outputShapes[i], device, site);
      } else {
        outputs[i] = DeviceBuffer.adopt(computed[source.index()], outputShapes[i], device, site);
      }
    }
    return new Results(outputs, computed.length == 0 ? frame.completion() : null, site);
  }
}
