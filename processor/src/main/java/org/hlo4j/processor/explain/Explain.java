package org.hlo4j.processor.explain;

import java.io.IOException;
import java.io.PrintStream;
import java.nio.file.Files;
import java.nio.file.InvalidPathException;
import java.nio.file.Path;
import org.hlo4j.Pjrt;
import org.hlo4j.error.CompilationException;
import org.hlo4j.error.HloException;

/**
 * Prints what becomes of programs: the signature, what happens to each buffer, and, if there is a
 * plugin, what XLA makes of them. Its arguments are files with programs as text.
 *
 * <p>It ends with 0; with 1 if a program is refused; with 2 if the arguments are wrong.
 */
public final class Explain {
  private static final int REFUSED = 1;
  private static final int WRONG_ARGUMENTS = 2;

  private final PrintStream out;
  private final PrintStream err;

  /** Explains to somebody. */
  public Explain(PrintStream out, PrintStream err) {
    this.out = out;
    this.err = err;
  }

  /** Explains the programs in files. */
  public static void main(String[] args) {
    System.exit(new Explain(System.out, System.err).run(args));
  }

  /**
   * Explains the programs in files.
   *
   * @return the status to end with
   */
  public int run(String... files) {
    if (files.length == 0) {
      err.println("usage: explain FILE...   (programs as StableHLO text)");
      return WRONG_ARGUMENTS;
    }
    try (Compiler compiler = compiler()) {
      int status = 0;
      for (String file : files) {
        status = Math.max(status, explain(file, compiler));
      }
      return status;
    }
  }

  private Compiler compiler() {
    try {
      return Compiler.with(Pjrt.open());
    } catch (HloException e) {
      return Compiler.without(String.valueOf(e.getMessage()));
    }
  }

  private int explain(String file, Compiler compiler) {
    String text;
    try {
      text = Files.readString(Path.of(file));
    } catch (IOException | InvalidPathException e) {
      err.println(file + " cannot be read: " + e);
      return WRONG_ARGUMENTS;
    }
    try {
      out.println(file);
      Explanation explanation = Explanation.of(text);
      out.print(explanation.beforeCompiling());
      out.print(compiler.explain(explanation));
      return 0;
    } catch (CompilationException e) {
      err.println(file + ", " + e.getMessage());
      return REFUSED;
    } catch (HloException e) {
      err.println(file + ": " + e.getMessage());
      return REFUSED;
    }
  }
}
