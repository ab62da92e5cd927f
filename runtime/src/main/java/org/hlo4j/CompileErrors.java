package org.hlo4j;

import java.util.function.Supplier;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.hlo4j.error.CompilationException;
import org.hlo4j.error.PjrtException;

/** Shows XLA's errors at the line of the program as the user wrote it. */
final class CompileErrors {
  /** XLA begins its message with the place in the text that it was given. */
  private static final Pattern PLACE = Pattern.compile("-:(\\d+):(\\d+): error: ([^\n]*)");

  private CompileErrors() {}

  /** Runs a compilation and turns PJRT's refusal into one that shows the program's line. */
  static <T> T explained(Program program, Supplier<T> compilation) {
    try {
      return compilation.get();
    } catch (PjrtException e) {
      throw explain(program, e);
    }
  }

  /** What PJRT refuses, at the line of the program. */
  static CompilationException explain(Program program, PjrtException e) {
    String message = String.valueOf(e.getMessage());
    Matcher place = PLACE.matcher(message);
    if (!place.find()) {
      return new CompilationException(
          "XLA refuses %s: %s".formatted(program.name(), message), 0, 0, message, e);
    }
    int line = Integer.parseInt(place.group(1));
    int column = Integer.parseInt(place.group(2));
    String problem = place.group(3);
    return new CompilationException(
        "XLA refuses %s, %s"
            .formatted(program.name(), program.source().describe(line, column, problem)),
        line,
        column,
        problem,
        e);
  }
}
