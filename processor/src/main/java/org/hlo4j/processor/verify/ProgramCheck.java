package org.hlo4j.processor.verify;

import java.nio.file.Path;
import java.util.EnumSet;
import java.util.Optional;
import java.util.Set;
import java.util.function.Consumer;
import java.util.function.Supplier;
import org.hlo4j.DeviceGroup;
import org.hlo4j.Executable;
import org.hlo4j.ExecutableStatistics;
import org.hlo4j.Pjrt;
import org.hlo4j.Program;
import org.hlo4j.error.CompilationException;
import org.hlo4j.error.PjrtException;
import org.hlo4j.error.StatusCode;
import org.hlo4j.internal.mlir.analysis.CustomCalls;
import org.hlo4j.processor.verify.Verdict.Accepted;
import org.hlo4j.processor.verify.Verdict.By;
import org.hlo4j.processor.verify.Verdict.Refused;
import org.hlo4j.processor.verify.Verdict.Unavailable;
import org.jspecify.annotations.Nullable;

/** Compiles programs in this process, and converts exceptions to verdicts. */
record ProgramCheck(Clients clients) {
  /**
   * Clients of a plugin: one, and another once a program needs more devices. They live as long as
   * this process. Not thread-safe.
   */
  static final class Clients {
    private static final String CPU = "cpu";

    private final Path plugin;
    private final Pjrt first;
    private Pjrt largest;

    Clients(Path plugin) {
      this.plugin = plugin;
      this.first = Pjrt.builder().plugin(plugin).withoutCache().open();
      this.largest = first;
    }

    /** Returns a group of so many devices; empty if the plugin cannot provide them. */
    Optional<DeviceGroup> group(int devices) {
      if (devices == 1) {
        return Optional.of(first.group(1));
      }
      if (largest.devices().size() < devices && largest.platform().equals(CPU)) {
        largest = Pjrt.builder().plugin(plugin).withoutCache().cpuDevices(devices).open();
      }
      return largest.devices().size() < devices
          ? Optional.empty()
          : Optional.of(largest.group(devices));
    }

    String description() {
      return "the %s plugin has %s".formatted(largest.platform(), largest.devices().size());
    }
  }

  /** Failures of an overloaded machine or one short of memory, which may not recur. */
  private static final Set<StatusCode> PASSING =
      EnumSet.of(
          StatusCode.CANCELLED,
          StatusCode.DEADLINE_EXCEEDED,
          StatusCode.RESOURCE_EXHAUSTED,
          StatusCode.ABORTED,
          StatusCode.UNAVAILABLE);

  /** XLA may quote whole operations, with whole constants. */
  private static final int LONGEST_PROBLEM = 2000;

  Verdict check(Request request) {
    try {
      Program program = request.program();
      int devices = program.replicas() * program.partitions();
      Optional<DeviceGroup> group = clients.group(devices);
      if (group.isEmpty()) {
        return new Unavailable(
            "%s devices are needed, and %s".formatted(devices, clients.description()));
      }
      compileAsWritten(program, written -> group.get().compile(written).close());
      try (Executable executable = group.get().compile(program)) {
        return new Accepted(
            request.wantsExecutable() ? told(executable::serialize) : Optional.empty(),
            costs(request, executable::statistics));
      }
    } catch (CompilationException e) {
      return refused(e);
    } catch (RuntimeException | StackOverflowError | OutOfMemoryError e) {
      return new Refused(0, 0, shorten(e.toString()), By.FAILURE, false);
    }
  }

  /** Compiles removed parts as well, which must also be valid. */
  private static void compileAsWritten(Program program, Consumer<Program> compilation) {
    Program written = program.asWritten();
    if (!written.equals(program)) {
      compilation.accept(written);
    }
  }

  private static Optional<Costs> costs(Request request, Supplier<ExecutableStatistics> statistics) {
    return request.wantsCosts() ? told(statistics).map(Costs::of) : Optional.empty();
  }

  /**
   * Returns the result of a query; empty if the plugin, which has accepted the program, lacks it.
   */
  private static <T> Optional<T> told(Supplier<T> question) {
    try {
      return Optional.of(question.get());
    } catch (PjrtException e) {
      return Optional.empty();
    }
  }

  private static String shorten(String problem) {
    return problem.length() <= LONGEST_PROBLEM
        ? problem
        : problem.substring(0, LONGEST_PROBLEM) + "...";
  }

  /**
   * XLA's rejections last as long as its library; those of the parser only as long as this version.
   */
  private static Refused refused(CompilationException e) {
    String problem = shorten(e.problem());
    for (@Nullable Throwable cause = e; cause != null; cause = cause.getCause()) {
      if (cause instanceof PjrtException refused) {
        boolean isLack = CustomCalls.missing(String.valueOf(refused.getMessage())).isPresent();
        By by = isLack ? By.LACK_OF_FUNCTION : By.XLA;
        boolean isLasting = !PASSING.contains(refused.code());
        return new Refused(e.line(), e.column(), problem, by, isLasting);
      }
    }
    return new Refused(e.line(), e.column(), problem, By.CHECK, false);
  }
}
