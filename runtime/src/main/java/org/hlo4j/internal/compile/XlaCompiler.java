package org.hlo4j.internal.compile;

import java.nio.charset.StandardCharsets;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.hlo4j.error.CompilationException;
import org.hlo4j.error.PjrtException;
import org.hlo4j.internal.mlir.analysis.CustomCalls;
import org.hlo4j.internal.mlir.model.MlirModule;
import org.hlo4j.internal.mlir.syntax.MlirReader;
import org.hlo4j.internal.mlir.text.SourceText;
import org.hlo4j.internal.pjrt.ClientHandle;
import org.hlo4j.internal.pjrt.ExecutableHandle;
import org.hlo4j.internal.program.PluginDialect;
import org.hlo4j.internal.program.StableHloProgram;

/** Has XLA compile programs, and shows its errors at the lines that the user wrote. */
final class XlaCompiler {
  /** PJRT's name for MLIR, as text and as bytecode. */
  static final String FORMAT = "mlir";

  /** XLA begins its message with the place in the text that it was given. */
  private static final Pattern PLACE = Pattern.compile("-:(\\d+):(\\d+): error: ([^\n]*)");

  private static final Pattern UNREGISTERED =
      Pattern.compile("^unregistered operation '(stablehlo\\.\\w+)'");

  private XlaCompiler() {}

  /**
   * Compiles a program.
   *
   * @param dialect how it is written for the client's plugin
   * @param options the bytes of a {@code CompileOptionsProto}
   * @throws CompilationException if the program is refused
   */
  static ExecutableHandle compile(
      ClientHandle client, StableHloProgram program, PluginDialect dialect, byte[] options) {
    try {
      return client.compile(program.code(dialect), FORMAT, options);
    } catch (PjrtException e) {
      if (!program.isBytecode() && !program.plan().text().equals(program.text())) {
        // XLA's columns are those of the text that it got: have it say the same of the user's.
        byte[] text = dialect.write(program.text()).getBytes(StandardCharsets.UTF_8);
        try {
          client.compile(text, FORMAT, options).close();
        } catch (PjrtException ofText) {
          throw explain(program, dialect, ofText);
        }
      }
      throw explain(program, dialect, e);
    }
  }

  private static CompilationException explain(
      StableHloProgram program, PluginDialect dialect, PjrtException e) {
    String message = String.valueOf(e.getMessage());
    Optional<String> newer = program.producerVersion().filter(dialect::isOlderThan);
    if (newer.isPresent()) {
      String problem =
          "it was written for StableHLO %s, and the plugin reads StableHLO up to %s: use a newer"
                  .formatted(newer.get(), dialect.version())
              + " plugin, or export for the older version";
      return new CompilationException(
          "XLA rejects %s: %s. XLA says: %s".formatted(program.nameAndFile(), problem, message),
          0,
          0,
          problem,
          e);
    }
    Optional<String> missing = CustomCalls.missing(message);
    if (missing.isPresent()) {
      return missing(program, missing.get(), e);
    }
    Matcher place = PLACE.matcher(message);
    if (!place.find()) {
      return new CompilationException(
          "XLA rejects %s: %s".formatted(program.nameAndFile(), message), 0, 0, message, e);
    }
    int line = Integer.parseInt(place.group(1));
    int column = Integer.parseInt(place.group(2));
    String problem = problem(dialect, place.group(3));
    return new CompilationException(
        "XLA rejects %s, %s"
            .formatted(program.nameAndFile(), program.source().describe(line, column, problem)),
        line,
        column,
        problem,
        e);
  }

  /** XLA calls an operation of a newer StableHLO unregistered. */
  private static String problem(PluginDialect dialect, String ofXla) {
    Matcher operation = UNREGISTERED.matcher(ofXla);
    return operation.find() && !dialect.version().isEmpty()
        ? ("the plugin's StableHLO %s has no operation %s: the program is newer, or the name is"
                + " misspelled")
            .formatted(dialect.version(), operation.group(1))
        : ofXla;
  }

  /** The plugin lacks a function, and XLA does not say where it is called. */
  private static CompilationException missing(
      StableHloProgram program, String function, PjrtException e) {
    SourceText source = program.source();
    Optional<CustomCalls.Call> call = Optional.empty();
    if (!program.isBytecode()) {
      MlirModule module = MlirReader.read(source);
      call = CustomCalls.unprovided(module).or(() -> CustomCalls.of(function, module));
    }
    String problem = CustomCalls.problem(call.map(CustomCalls.Call::function).orElse(function));
    if (call.isEmpty()) {
      return new CompilationException(
          "%s cannot be compiled: %s".formatted(program.nameAndFile(), problem), 0, 0, problem, e);
    }
    int offset = call.get().offset();
    return new CompilationException(
        "%s cannot be compiled, %s"
            .formatted(program.nameAndFile(), source.describe(offset, problem)),
        source.line(offset),
        source.column(offset),
        problem,
        e);
  }
}
