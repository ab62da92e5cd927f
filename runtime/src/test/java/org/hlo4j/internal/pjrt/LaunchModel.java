package org.hlo4j.internal.pjrt;

import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Deque;
import java.util.HashSet;
import java.util.List;
import java.util.Set;

/**
 * A model of calls that are launched at once: the locks that hlo4j acquires on the arguments, step
 * by step as {@code ArgumentLocks} and {@link BufferHandle} do, and then those of XLA, which {@code
 * CommonPjRtBuffer::AcquireHold} acquires in the order of the arguments. It visits every state that
 * any order of the steps leads to.
 */
final class LaunchModel {
  /** A call, by the buffers that it gives away and that it reads, in the order of its arguments. */
  record Launch(List<Integer> donated, List<Integer> read, boolean donatedFirst) {
    static Launch reading(Integer... buffers) {
      return new Launch(List.of(), List.of(buffers), true);
    }

    static Launch donating(List<Integer> donated, List<Integer> read) {
      return new Launch(donated, read, true);
    }

    static Launch readingThenDonating(List<Integer> read, List<Integer> donated) {
      return new Launch(donated, read, false);
    }

    private List<Integer> arguments() {
      List<Integer> arguments = new ArrayList<>(donatedFirst ? donated : read);
      arguments.addAll(donatedFirst ? read : donated);
      return arguments;
    }
  }

  /** What all orders have led to. */
  record Outcome(int states, int deadlocks, int waitsInXla, Set<String> ends) {}

  private enum Kind {
    ENTER,
    BEGIN_DONATION,
    LOCK_EXCLUSIVELY,
    AWAIT_READERS,
    LOCK_SHARED,
    HOLD_IN_XLA,
    DRAIN_IN_XLA,
    RELEASE_IN_XLA,
    UNLOCK
  }

  private record Step(Kind kind, int buffer, boolean donates) {}

  private final List<Launch> launches;
  private final List<List<Step>> programs = new ArrayList<>();
  private final int buffers;

  LaunchModel(boolean withLocks, int buffers, List<Launch> launches) {
    this.launches = launches;
    this.buffers = buffers;
    launches.forEach(launch -> programs.add(steps(launch, withLocks)));
  }

  private static List<Step> steps(Launch launch, boolean withLocks) {
    List<Step> steps = new ArrayList<>();
    if (withLocks) {
      launch.donated().forEach(buffer -> steps.add(new Step(Kind.ENTER, buffer, true)));
      for (int buffer : launch.donated().stream().sorted().toList()) {
        steps.add(new Step(Kind.BEGIN_DONATION, buffer, true));
        steps.add(new Step(Kind.LOCK_EXCLUSIVELY, buffer, true));
        steps.add(new Step(Kind.AWAIT_READERS, buffer, true));
      }
      launch.read().forEach(buffer -> steps.add(new Step(Kind.LOCK_SHARED, buffer, false)));
    }
    for (int buffer : launch.arguments()) {
      boolean donates = launch.donated().contains(buffer);
      steps.add(new Step(Kind.HOLD_IN_XLA, buffer, donates));
      if (donates) {
        steps.add(new Step(Kind.DRAIN_IN_XLA, buffer, true));
      }
    }
    for (int buffer : launch.arguments()) {
      steps.add(new Step(Kind.RELEASE_IN_XLA, buffer, launch.donated().contains(buffer)));
    }
    if (withLocks) {
      for (int buffer : launch.arguments()) {
        steps.add(new Step(Kind.UNLOCK, buffer, launch.donated().contains(buffer)));
      }
    }
    return steps;
  }

  /** All that changes: for each buffer and each launch. */
  private static final class State {
    private final long[] words;
    private final boolean[] donating;
    private final boolean[] spent;
    private final int[] usageHolds;
    private final boolean[] donationHolds;
    private final int[] places;

    /** The step at which a launch was refused, or -1: then it undoes what it has done. */
    private final int[] refusedAt;

    State(int buffers, int launches) {
      words = new long[buffers];
      donating = new boolean[buffers];
      spent = new boolean[buffers];
      usageHolds = new int[buffers];
      donationHolds = new boolean[buffers];
      places = new int[launches];
      refusedAt = new int[launches];
      Arrays.fill(refusedAt, -1);
    }

    State(State other) {
      words = other.words.clone();
      donating = other.donating.clone();
      spent = other.spent.clone();
      usageHolds = other.usageHolds.clone();
      donationHolds = other.donationHolds.clone();
      places = other.places.clone();
      refusedAt = other.refusedAt.clone();
    }

    String key() {
      return Arrays.toString(words)
          + Arrays.toString(donating)
          + Arrays.toString(spent)
          + Arrays.toString(usageHolds)
          + Arrays.toString(donationHolds)
          + Arrays.toString(places)
          + Arrays.toString(refusedAt);
    }
  }

  Outcome explore() {
    Set<String> seen = new HashSet<>();
    Deque<State> open = new ArrayDeque<>();
    Set<String> ends = new HashSet<>();
    int deadlocks = 0;
    int waitsInXla = 0;
    State first = new State(buffers, launches.size());
    open.push(first);
    seen.add(first.key());
    while (!open.isEmpty()) {
      State state = open.pop();
      int running = 0;
      int moved = 0;
      for (int launch = 0; launch < launches.size(); launch++) {
        if (isEnded(state, launch)) {
          continue;
        }
        running++;
        State next = new State(state);
        if (advance(next, launch)) {
          moved++;
          if (seen.add(next.key())) {
            open.push(next);
          }
        } else if (isInXla(state, launch)) {
          waitsInXla++;
        }
      }
      if (running == 0) {
        ends.add(describe(state));
      } else if (moved == 0) {
        deadlocks++;
      }
    }
    return new Outcome(seen.size(), deadlocks, waitsInXla, ends);
  }

  private boolean isEnded(State state, int launch) {
    return state.refusedAt[launch] >= 0
        ? state.places[launch] < 0
        : state.places[launch] == programs.get(launch).size();
  }

  private boolean isInXla(State state, int launch) {
    Kind kind = programs.get(launch).get(state.places[launch]).kind();
    return kind == Kind.HOLD_IN_XLA || kind == Kind.DRAIN_IN_XLA;
  }

  private String describe(State state) {
    StringBuilder text = new StringBuilder();
    for (int launch = 0; launch < launches.size(); launch++) {
      text.append(state.refusedAt[launch] >= 0 ? "refused " : "done ");
    }
    for (int buffer = 0; buffer < buffers; buffer++) {
      if (state.words[buffer] != 0 || state.donating[buffer] || state.usageHolds[buffer] != 0) {
        text.append("LOCKED ");
      }
    }
    return text.toString().strip();
  }

  /** One step of a launch; false if it has to wait. */
  private boolean advance(State state, int launch) {
    List<Step> program = programs.get(launch);
    if (state.refusedAt[launch] >= 0) {
      undo(state, launch, program);
      return true;
    }
    Step step = program.get(state.places[launch]);
    int buffer = step.buffer();
    switch (step.kind()) {
      case ENTER -> {
        if (state.spent[buffer]) {
          return refuse(state, launch);
        }
        state.words[buffer] += LockWord.USER;
      }
      case BEGIN_DONATION -> {
        if (state.spent[buffer] || state.donating[buffer]) {
          return refuse(state, launch);
        }
        state.donating[buffer] = true;
      }
      case LOCK_EXCLUSIVELY -> state.words[buffer] += LockWord.DONATING;
      case AWAIT_READERS -> {
        if (LockWord.hasReaders(state.words[buffer])) {
          return false;
        }
      }
      case LOCK_SHARED -> {
        if (state.spent[buffer] || (state.words[buffer] & LockWord.DONATING) != 0) {
          return refuse(state, launch);
        }
        state.words[buffer] += LockWord.READER;
      }
      case HOLD_IN_XLA -> {
        if (state.donationHolds[buffer]) {
          return false;
        }
        if (step.donates()) {
          state.donationHolds[buffer] = true;
        } else {
          state.usageHolds[buffer]++;
        }
      }
      case DRAIN_IN_XLA -> {
        if (state.usageHolds[buffer] > 0) {
          return false;
        }
      }
      case RELEASE_IN_XLA -> {
        if (step.donates()) {
          state.donationHolds[buffer] = false;
          state.spent[buffer] = true;
        } else {
          state.usageHolds[buffer]--;
        }
      }
      case UNLOCK -> unlock(state, step);
    }
    state.places[launch]++;
    return true;
  }

  private static boolean refuse(State state, int launch) {
    state.refusedAt[launch] = state.places[launch];
    state.places[launch]--;
    return true;
  }

  /** A launch that was refused undoes its steps, of which none was in XLA. */
  private static void undo(State state, int launch, List<Step> program) {
    Step step = program.get(state.places[launch]);
    switch (step.kind()) {
      case ENTER -> state.words[step.buffer()] -= LockWord.USER;
      case BEGIN_DONATION -> state.donating[step.buffer()] = false;
      case LOCK_EXCLUSIVELY -> state.words[step.buffer()] -= LockWord.DONATING;
      case LOCK_SHARED -> state.words[step.buffer()] -= LockWord.READER;
      default -> {
        // Nothing to undo.
      }
    }
    state.places[launch]--;
  }

  private static void unlock(State state, Step step) {
    if (step.donates()) {
      state.words[step.buffer()] -= LockWord.DONATING + LockWord.USER;
      state.donating[step.buffer()] = false;
    } else {
      state.words[step.buffer()] -= LockWord.READER;
    }
  }
}
