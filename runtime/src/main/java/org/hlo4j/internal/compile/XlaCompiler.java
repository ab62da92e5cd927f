package org.hlo4j.internal.compile;

import java.nio.charset.StandardCharsets;
import org.hlo4j.error.CompilationException;
import org.hlo4j.error.PjrtException;
import org.hlo4j.internal.pjrt.ClientHandle;
import org.hlo4j.internal.pjrt.ExecutableHandle;
import org.hlo4j.internal.program.PluginDialect;
import org.hlo4j.internal.program.StableHloProgram;

/** Has XLA compile programs, and shows its errors at the lines that the user wrote. */
final class XlaCompiler {
  /** PJRT's name for MLIR, as text and as bytecode. */
  static final String FORMAT = "mlir";

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
          throw CompileErrors.explain(program, ofText);
        }
      }
      throw CompileErrors.explain(program, e);
    }
  }
}
