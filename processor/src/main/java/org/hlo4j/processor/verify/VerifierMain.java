package org.hlo4j.processor.verify;

import java.io.IOException;
import java.nio.file.Path;

/** The main class of a child process, which compiles programs with one plugin. */
public final class VerifierMain {
  private VerifierMain() {}

  /** Takes the path of the plugin's library. */
  public static void main(String[] args) throws IOException, InterruptedException {
    ChildSide.serve(() -> new ProgramCheck(new ProgramCheck.Clients(Path.of(args[0])))::check);
  }
}
