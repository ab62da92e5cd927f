package org.hlo4j.processor.verify;

import java.io.IOException;
import java.nio.file.Path;
import org.hlo4j.Pjrt;

/** What a child process runs: it compiles programs with one plugin. */
public final class VerifierMain {
  private VerifierMain() {}

  /** Takes the path of the plugin's library. */
  public static void main(String[] args) throws IOException, InterruptedException {
    ChildSide.serve(
        () -> {
          // Lives as long as this process.
          Pjrt client = Pjrt.builder().plugin(Path.of(args[0])).withoutCache().open();
          return new ProgramCheck(client.device())::check;
        });
  }
}
