package org.hlo4j.tests.bench;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.hlo4j.DeviceBuffer;

/** Prints the megabytes that training takes beyond those of the parameters. */
final class TrainingMemory {
  private static final Path STATUS = Path.of("/proc/self/status");
  private static final Path CLEAR = Path.of("/proc/self/clear_refs");
  private static final double KILOBYTES = 1024;

  /** The JVM compiles meanwhile, which takes memory as well. */
  private static final int WARM_UPS = 10;

  private TrainingMemory() {}

  public static void main(String[] args) throws IOException {
    Training training = new Training();
    for (int i = 0; i < WARM_UPS; i++) {
      DeviceBuffer<Parameters> unused = training.train();
    }
    System.gc();
    // Makes the peak what is resident now.
    Files.writeString(CLEAR, "5");
    double before = status("VmRSS:");
    DeviceBuffer<Parameters> unusedLast = training.train();
    System.out.println(status("VmHWM:") - before);
    training.close();
  }

  /** A line of the kernel's account of this process, in megabytes. */
  private static double status(String name) throws IOException {
    for (String line : Files.readAllLines(STATUS)) {
      if (line.startsWith(name)) {
        String kilobytes = line.substring(name.length()).replace("kB", "").strip();
        return Double.parseDouble(kilobytes) / KILOBYTES;
      }
    }
    throw new IOException(STATUS + " has no line " + name);
  }
}
