package org.hlo4j.tests.bench;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;

/**
 * Where the benchmark finds and leaves things.
 *
 * @param module the folder of this Maven module
 * @param output for what is made on the way
 */
record Folders(Path module, Path output) {
  static Folders of(Path module) throws IOException {
    return new Folders(module, Files.createDirectories(module.resolve("target/bench")));
  }

  /** The source of a peer. */
  Path source(String name) {
    return module.resolve("src/bench").resolve(name);
  }

  /** The facts of PJRT's C API. */
  Path abi() {
    return module.resolve("../runtime/src/main/abi/pjrt-abi.tsv");
  }
}
