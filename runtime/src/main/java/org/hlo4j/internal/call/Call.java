package org.hlo4j.internal.call;

import java.util.Arrays;
import java.util.concurrent.CompletableFuture;
import org.hlo4j.error.PjrtException;
import org.hlo4j.internal.buffer.Argument;
import org.hlo4j.internal.buffer.BufferState;
import org.hlo4j.internal.buffer.CallSite;
import org.hlo4j.internal.device.DeviceContext;
import org.hlo4j.internal.device.GroupContext;
import org.hlo4j.internal.jfr.DonationEvent;
import org.hlo4j.internal.jfr.ExecuteEvent;
import org.hlo4j.internal.memory.OutOfMemoryRetry;
import org.hlo4j.internal.mlir.analysis.EntryPoint;
import org.hlo4j.internal.mlir.rewrite.AliasPlan;
import org.hlo4j.internal.mlir.rewrite.AliasPlan.InputUse;
import org.hlo4j.internal.mlir.rewrite.AliasPlan.OutputSource;
import org.hlo4j.internal.pjrt.BufferHandle;
import org.hlo4j.internal.pjrt.CallFrame;
import org.hlo4j.internal.program.StableHloProgram;
import org.hlo4j.type.Shape;
import org.jspecify.annotations.Nullable;

/**
 * Reusable state for preparing and launching calls of an executable, one at a time. A call locks
 * its arguments on all devices, unlocks them on every exit path, and implements the alias plan. All
 * checks come before any device starts, since the other devices would wait for it. Reuse avoids
 * most allocations other than the results. Not thread-safe.
 */
final class Call {
  private final StableHloProgram program;
  private final GroupContext group;
  private final OutputLayout layout;
  private final AliasPlan plan;
  private final CallFrame frame;
  private final int devices;
  private final int inputs;
  private final int outputs;

  /** The locks on the arguments, device by device. */
  private final ArgumentLocks locks;

  private final boolean[] retained;

  /** Which inputs the program donates. */
  private final boolean[] donated;

  /** For each device, the inputs that become outputs, until they have; null elsewhere. */
  private final @Nullable BufferHandle[] forwarded;

  private final BufferHandle[] computed;

  /** Which outputs have the buffer of an earlier output. */
  private final boolean[] isDuplicate;

  /** Whether XLA only reads each argument, and each output is a new buffer. */
  private final boolean isPlain;

  private long lastNanos;
  private boolean isNoted;

  Call(StableHloProgram program, GroupContext group, OutputLayout layout, CallFrame frame) {
    this.program = program;
    this.group = group;
    this.layout = layout;
    this.plan = program.plan();
    this.frame = frame;
    this.devices = group.size();
    this.inputs = program.inputs().size();
    this.outputs = layout.size();
    this.locks = new ArgumentLocks(devices, inputs, this::nameOf);
    this.retained = new boolean[inputs];
    this.donated = new boolean[inputs];
    for (int i = 0; i < inputs; i++) {
      donated[i] = plan.inputs().get(i) == InputUse.DONATED;
    }
    this.forwarded = new BufferHandle[devices * outputs];
    this.computed = new BufferHandle[devices * plan.computedOutputs().size()];
    this.isDuplicate = new boolean[outputs];
    boolean allFresh = true;
    for (int i = 0; i < isDuplicate.length; i++) {
      isDuplicate[i] = !plan.outputs().get(i).isInput() && plan.shares(i);
      allFresh &= !plan.shares(i);
    }
    this.isPlain = allFresh && plan.inputs().stream().allMatch(use -> use == InputUse.READ);
  }

  /** Sets the arguments, which were checked. */
  void begin(Argument[] arguments) {
    long now = System.nanoTime();
    isNoted = CallSite.isNoted(now - lastNanos);
    lastNanos = now;
    locks.begin(arguments);
    if (!isPlain) {
      for (int i = 0; i < inputs; i++) {
        retained[i] = arguments[i].isRetained();
        if (donated[i] && !retained[i]) {
          donate(i);
        }
      }
    }
  }

  private void donate(int index) {
    for (int device = 0; device < devices; device++) {
      locks.donate(device * inputs + index);
    }
  }

  /** Returns whether the call records its line: calls in quick succession do not. */
  boolean isNoted() {
    return isNoted;
  }

  private String nameOf(int index) {
    String argument =
        "%s: argument %s".formatted(program.name(), program.inputs().get(index % inputs).name());
    return devices == 1 ? argument : argument + " on " + group.device(index / inputs);
  }

  /** Starts the program. The caller has entered the executable. */
  CallOutputs start(CallSite site) {
    ExecuteEvent event = new ExecuteEvent();
    event.begin();
    try {
      locks.lock(site);
      pass();
      launch(site);
      report(event);
      return isPlain ? freshOutputs(site) : plannedOutputs(site);
    } catch (PjrtException e) {
      throw new PjrtException(e.code(), site + ": " + e.getMessage(), e);
    } finally {
      forget();
    }
  }

  private CallOutputs freshOutputs(CallSite site) {
    BufferState[] buffers = new BufferState[devices * outputs];
    for (int i = 0; i < buffers.length; i++) {
      buffers[i] =
          BufferState.adopt(
              frame.takeOutput(i), layout.shardShape(i % outputs), group.device(i / outputs), site);
    }
    return new CallOutputs(layout, buffers, frame.completion(), site);
  }

  private CallOutputs plannedOutputs(CallSite site) {
    for (int i = 0; i < computed.length; i++) {
      computed[i] = frame.takeOutput(i);
    }
    CompletableFuture<Void> complete = frame.completion();
    spendDonated(site);
    BufferState[] buffers = new BufferState[devices * outputs];
    for (int i = 0; i < buffers.length; i++) {
      buffers[i] = plannedOutput(i, site);
    }
    return new CallOutputs(layout, buffers, complete, site);
  }

  private void launch(CallSite site) {
    try {
      frame.launch(site.line());
    } catch (PjrtException e) {
      if (!OutOfMemoryRetry.isExhausted(e) || isAnyTaken()) {
        throw e;
      }
      Object unused =
          OutOfMemoryRetry.retry(
              "The result of " + site,
              program.outputBytes(),
              () -> {
                frame.launch(site.line());
                return frame;
              });
    }
  }

  private boolean isAnyTaken() {
    for (int i = 0; i < devices * inputs; i++) {
      if (locks.isTaken(i)) {
        return true;
      }
    }
    return false;
  }

  /** Unlocks the arguments, and clears the references to them and to the outputs. */
  void forget() {
    locks.unlock();
    if (!isPlain) {
      letGoForwarded();
      Arrays.fill(computed, null);
    }
    frame.clear();
  }

  private void pass() {
    if (isPlain) {
      for (int device = 0; device < devices; device++) {
        for (int i = 0; i < inputs; i++) {
          frame.pass(device, i, locks.handle(device * inputs + i));
        }
      }
      return;
    }
    holdForwarded();
    int place = 0;
    for (int i = 0; i < inputs; i++) {
      if (plan.inputs().get(i).isPassed()) {
        pass(i, place);
        place++;
      }
    }
  }

  /** Passes an input, which keeps its memory on all devices if it does so on one. */
  private void pass(int index, int place) {
    boolean isKept = false;
    for (int device = 0; device < devices; device++) {
      int argument = device * inputs + index;
      frame.pass(device, place, locks.handle(argument));
      isKept |= donated[index] && !locks.isDonating(argument);
    }
    if (isKept) {
      frame.keep(place);
    }
  }

  /** Acquires holds for outputs that are inputs, so that closing one leaves the other open. */
  private void holdForwarded() {
    for (int i = 0; i < forwarded.length; i++) {
      OutputSource source = plan.outputs().get(i % outputs);
      if (source.isInput()) {
        int device = i / outputs;
        forwarded[i] = locks.hold(device * inputs + source.index());
      }
    }
  }

  /** Releases the holds that no output has taken over, since the call failed. */
  private void letGoForwarded() {
    for (int i = 0; i < forwarded.length; i++) {
      BufferHandle held = forwarded[i];
      if (held != null) {
        forwarded[i] = null;
        held.releaseHolder();
      }
    }
  }

  /** Aliasing permits XLA to consume the memory; PJRT reports whether it did. */
  private void spendDonated(CallSite site) {
    try {
      for (int i = 0; i < devices * inputs; i++) {
        spendDonated(i, site);
      }
    } catch (PjrtException e) {
      for (BufferHandle output : computed) {
        output.close();
      }
      throw e;
    }
  }

  private void spendDonated(int argument, CallSite site) {
    int index = argument % inputs;
    InputUse use = plan.inputs().get(index);
    boolean isMoved = use.isMoved() && !retained[index];
    boolean isTaken = isMoved || locks.isTaken(argument);
    if (isTaken) {
      locks.spend(argument, site);
    }
    if (donated[index] || use.isMoved()) {
      report(argument, isTaken);
    }
  }

  private void report(ExecuteEvent event) {
    event.end();
    if (event.shouldCommit()) {
      event.kernel = program.name();
      event.device = group.name();
      event.argumentBytes = program.inputBytes();
      event.resultBytes = program.outputBytes();
      event.commit();
    }
  }

  private void report(int argument, boolean isTaken) {
    DonationEvent event = new DonationEvent();
    if (event.shouldCommit()) {
      EntryPoint.Input input = program.inputs().get(argument % inputs);
      event.kernel = program.name();
      event.argument = input.name();
      event.device = group.device(argument / inputs).toString();
      event.bytes = input.shape().byteSize();
      event.taken = isTaken;
      event.commit();
    }
  }

  private BufferState plannedOutput(int place, CallSite site) {
    int index = place % outputs;
    DeviceContext device = group.device(place / outputs);
    Shape shape = layout.shardShape(index);
    BufferHandle held = forwarded[place];
    if (held != null) {
      forwarded[place] = null;
      return BufferState.share(held, shape, device, site);
    }
    int source = plan.outputs().get(index).index();
    BufferHandle handle = computed[place / outputs * (computed.length / devices) + source];
    if (isDuplicate[index]) {
      // The buffer was not published yet, so acquiring a hold cannot fail.
      boolean unused = handle.retainHolder();
      return BufferState.share(handle, shape, device, site);
    }
    return BufferState.adopt(handle, shape, device, site);
  }
}
