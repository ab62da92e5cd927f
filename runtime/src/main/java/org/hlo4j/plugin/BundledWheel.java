package org.hlo4j.plugin;

import java.io.IOException;
import java.io.InputStream;
import java.net.URL;
import java.net.URLConnection;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Optional;
import java.util.stream.Stream;

/** A plugin's wheel on the class path or the module path, as {@code hlo4j-plugin-cpu} has it. */
record BundledWheel(URL resource) {
  /** Resources in {@code META-INF} are open, whatever module they are in. */
  private static final String FOLDER = "META-INF/hlo4j/";

  /** Finds a wheel with this library's class loader, or with that of the current thread. */
  static Optional<BundledWheel> find(Wheel wheel) {
    return Stream.of(
            BundledWheel.class.getClassLoader(), Thread.currentThread().getContextClassLoader())
        .flatMap(loader -> Stream.ofNullable(loader))
        .flatMap(loader -> Stream.ofNullable(loader.getResource(FOLDER + fileName(wheel))))
        .findFirst()
        .map(BundledWheel::new);
  }

  /** The file name of a wheel in a jar. */
  static String fileName(Wheel wheel) {
    return wheel.key() + ".whl";
  }

  /** Copies the wheel into a folder; returns the copy. */
  Path copyTo(Path folder, Wheel wheel) throws IOException {
    Path file = folder.resolve(fileName(wheel));
    URLConnection connection = resource.openConnection();
    // A cached connection would keep the jar open.
    connection.setUseCaches(false);
    try (InputStream in = connection.getInputStream()) {
      Files.copy(in, file);
    }
    return file;
  }
}
