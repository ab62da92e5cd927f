package org.hlo4j.processor;

import java.nio.file.InvalidPathException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.Set;
import org.hlo4j.internal.text.NameSuggestion;

/**
 * The processor's options, such as {@code -Ahlo4j.verify=required}.
 *
 * @param verify when XLA verifies the programs
 * @param verifyLimit the time limit for each program
 * @param aheadOfTime whether executables are written to the class output
 * @param plainPipelines whether pipelines are translated statement by statement, for comparison
 * @param plans the folder of committed plans that the plans must equal
 * @param problems the invalid options
 */
record Options(
    Verify verify,
    Duration verifyLimit,
    boolean aheadOfTime,
    boolean plainPipelines,
    Optional<Path> plans,
    List<String> problems) {
  private static final String PREFIX = "hlo4j.";
  private static final String VERIFY = PREFIX + "verify";
  private static final String VERIFY_SECONDS = PREFIX + "verify.seconds";
  private static final String AHEAD_OF_TIME = PREFIX + "aot";
  private static final String PIPELINES = PREFIX + "pipelines";
  private static final String PLANS = PREFIX + "plans";
  private static final long USUAL_LIMIT = 300;

  /** A day: longer limits are mistakes, and might overflow a long of nanoseconds. */
  private static final long LONGEST_LIMIT = 86_400;

  /** When XLA verifies programs. */
  enum Verify {
    /** If a plugin is available. */
    AUTO,
    /** Always: a build without a plugin fails. */
    REQUIRED,
    /** Never. */
    OFF
  }

  static Set<String> names() {
    return Set.of(VERIFY, VERIFY_SECONDS, AHEAD_OF_TIME, PIPELINES, PLANS);
  }

  /** Reads the options passed to javac. */
  static Options of(Map<String, String> given) {
    Map<String, String> values = new HashMap<>();
    // The value of an option without "=" is null in javac, and empty in ecj.
    given.forEach((name, value) -> values.put(name, Objects.requireNonNullElse(value, "")));
    return new Reading(values).read();
  }

  /** Reads options, and collects their problems. */
  private static final class Reading {
    private final Map<String, String> given;
    private final List<String> problems = new ArrayList<>();

    Reading(Map<String, String> given) {
      this.given = given;
    }

    Options read() {
      for (String name : given.keySet()) {
        if (name.startsWith(PREFIX) && !names().contains(name)) {
          problems.add(
              "unknown option %s%s".formatted(name, NameSuggestion.didYouMean(name, names())));
        }
      }
      Verify verify = verify();
      boolean aheadOfTime = is(AHEAD_OF_TIME, "true", "false", "true or false");
      if (aheadOfTime && verify == Verify.OFF) {
        problems.add(
            "%s=true requires XLA, which %s=off disables".formatted(AHEAD_OF_TIME, VERIFY));
      }
      Duration limit = limit();
      boolean plain = is(PIPELINES, "plain", "planned", "planned or plain");
      Optional<Path> plans = plans();
      return new Options(verify, limit, aheadOfTime, plain, plans, List.copyOf(problems));
    }

    private Verify verify() {
      String value = given.getOrDefault(VERIFY, "auto");
      for (Verify verify : Verify.values()) {
        if (verify.name().equals(value.toUpperCase(Locale.ROOT))) {
          return verify;
        }
      }
      refuse(VERIFY, value, "auto, required or off");
      return Verify.AUTO;
    }

    private Duration limit() {
      String value = given.getOrDefault(VERIFY_SECONDS, Long.toString(USUAL_LIMIT));
      try {
        long seconds = Long.parseLong(value);
        if (seconds > 0 && seconds <= LONGEST_LIMIT) {
          return Duration.ofSeconds(seconds);
        }
      } catch (NumberFormatException e) {
        // Reported below, like any other invalid number.
      }
      refuse(VERIFY_SECONDS, value, "a number of seconds from 1 to " + LONGEST_LIMIT);
      return Duration.ofSeconds(USUAL_LIMIT);
    }

    private void refuse(String name, String value, String choices) {
      problems.add("%s is '%s', but must be %s".formatted(name, value, choices));
    }

    /** Returns whether an option has the given value rather than the default. */
    private boolean is(String name, String wanted, String usual, String choices) {
      String value = given.getOrDefault(name, usual);
      if (!value.equals(wanted) && !value.equals(usual)) {
        refuse(name, value, choices);
      }
      return value.equals(wanted);
    }

    private Optional<Path> plans() {
      String value = given.get(PLANS);
      if (value == null) {
        return Optional.empty();
      }
      try {
        if (!value.isBlank()) {
          return Optional.of(Path.of(value).toAbsolutePath());
        }
      } catch (InvalidPathException e) {
        // Reported below, like any other invalid path.
      }
      refuse(PLANS, value, "the path of a folder");
      return Optional.empty();
    }
  }
}
