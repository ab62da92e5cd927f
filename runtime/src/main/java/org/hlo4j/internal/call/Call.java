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
 * The place where calls of an executable are prepared and launched, one after the other: each locks
 * its arguments on all devices, and unlocks them on every way out, and carries out what the alias
 * plan says of them. Everything that may be wrong is found before any device starts, since the
 * others would wait for it. Kept between calls, so that a call allocates little more than its
 * results. Used by one thread at a time.
 */
public final class Call {
  private final StableHloProgram program;
  private final GroupContext group;
  private final OutputLayout layout;
  private final AliasPlan plan;
  private final CallFrame frame;
  private final int devices;
  private final int inputs;
  private final int outputs;

  /** The arguments as the caller gives them; null between calls. */
  private final Argument[] given;

  /** On the arguments of one device after the other. */
  private final ArgumentLocks locks;

  private final boolean[] retained;

  /** Which inputs the program donates. */
  private final boolean[] donated;

  /** Of each device, the inputs that are outputs; null elsewhere. */
  private final @Nullable BufferHandle[] forwarded;

  private final BufferHandle[] computed;

  /** Which outputs are the buffer of one before them. */
  private final boolean[] isDuplicate;

  /** Whether each buffer goes to XLA and is only read, and each output is a new one. */
  private final boolean isPlain;

  private long lastNanos;

  Call(StableHloProgram program, GroupContext group, OutputLayout layout, CallFrame frame) {
    this.program = program;
    this.group = group;
    this.layout = layout;
    this.plan = program.plan();
    this.frame = frame;
    this.devices = group.size();
    this.inputs = program.inputs().size();
    this.outputs = layout.size();
    this.given = new Argument[inputs];
    this.locks = new ArgumentLocks(devices * inputs, this::nameOf);
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

  /** Takes an argument as the caller gives it; a null is refused later. */
  public void give(int index, @Nullable Argument argument) {
    given[index] = argument;
  }

  Argument[] given() {
    return given;
  }

  /** What is kept between calls must keep nothing alive. */
  void forgetGiven() {
    Arrays.fill(given, null);
  }

  /** Sets whether an argument keeps its memory, though the program would take it. */
  void retain(int index, boolean isRetained) {
    retained[index] = isRetained;
  }

  /** Takes an argument of a device, after {@link #retain}. */
  void argument(int device, int index, BufferState buffer) {
    locks.add(device * inputs + index, buffer, donated[index] && !retained[index]);
  }

  private String nameOf(int index) {
    String argument =
        "%s: argument %s".formatted(program.name(), program.inputs().get(index % inputs).name());
    return devices == 1 ? argument : argument + " on " + group.device(index / inputs);
  }

  /** Notes that a call begins; returns for how many nanoseconds none has. */
  long begin() {
    long now = System.nanoTime();
    long elapsed = now - lastNanos;
    lastNanos = now;
    return elapsed;
  }

  /** Starts the program. The caller has entered the executable. */
  CallOutputs start(CallSite site) {
    boolean isStarted = false;
    ExecuteEvent event = new ExecuteEvent();
    event.begin();
    try {
      locks.lock(site);
      pass();
      launch(site);
      frame.takeOutputs(computed);
      CompletableFuture<Void> complete = frame.completion();
      if (!isPlain) {
        spendDonated(site);
      }
      isStarted = true;
      report(event);
      return new CallOutputs(layout, buffers(site), complete, site);
    } catch (PjrtException e) {
      throw new PjrtException(e.code(), site + ": " + e.getMessage(), e);
    } finally {
      if (!isStarted) {
        letGoForwarded();
      }
      forget();
    }
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

  /** Unlocks the arguments. What is kept between calls must keep nothing alive. */
  void forget() {
    locks.unlock();
    Arrays.fill(forwarded, null);
    Arrays.fill(computed, null);
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

  /** An output that is an input's buffer holds that, so that closing either leaves the other. */
  private void holdForwarded() {
    for (int i = 0; i < forwarded.length; i++) {
      OutputSource source = plan.outputs().get(i % outputs);
      if (source.isInput()) {
        int device = i / outputs;
        forwarded[i] = locks.hold(device * inputs + source.index());
      }
    }
  }

  private void letGoForwarded() {
    for (BufferHandle handle : forwarded) {
      if (handle != null) {
        handle.releaseHolder();
      }
    }
  }

  /** The attribute only allows XLA to take the memory; PJRT says whether it has. */
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

  private BufferState[] buffers(CallSite site) {
    BufferState[] buffers = new BufferState[forwarded.length];
    for (int i = 0; i < buffers.length; i++) {
      buffers[i] = output(i / outputs, i % outputs, site);
    }
    return buffers;
  }

  private BufferState output(int place, int index, CallSite site) {
    DeviceContext device = group.device(place);
    Shape shape = layout.shardShape(index);
    OutputSource source = plan.outputs().get(index);
    BufferHandle held = forwarded[place * outputs + index];
    if (held != null) {
      return BufferState.share(held, shape, device, site);
    }
    BufferHandle handle = computed[place * (computed.length / devices) + source.index()];
    if (isDuplicate[index]) {
      // Nobody else knows the buffer yet, so that holding it cannot fail.
      boolean unused = handle.retainHolder();
      return BufferState.share(handle, shape, device, site);
    }
    return BufferState.adopt(handle, shape, device, site);
  }
}
