package org.hlo4j.tests.bench;

import java.io.IOException;
import java.util.OptionalDouble;

/** A contender that can be measured on this machine. */
interface Peer {
  /** What exactly is measured, such as a version. */
  String version();

  /** Measures a row once, in processes of its own; empty if this contender has nothing like it. */
  OptionalDouble measure(Row row) throws IOException, InterruptedException;
}
