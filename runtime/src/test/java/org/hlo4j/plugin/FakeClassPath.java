package org.hlo4j.plugin;

import java.io.IOException;
import java.net.URL;
import java.net.URLClassLoader;
import java.nio.file.Files;
import java.nio.file.Path;

/** A class path with a plugin's wheel on it, as this thread sees it until it is closed. */
final class FakeClassPath implements AutoCloseable {
  private final ClassLoader before = Thread.currentThread().getContextClassLoader();
  private final URLClassLoader loader;

  FakeClassPath(Path folder, Wheel wheel, byte[] content) throws IOException {
    Path file = folder.resolve("META-INF/hlo4j").resolve(BundledWheel.fileName(wheel));
    Files.createDirectories(file.getParent());
    Files.write(file, content);
    loader = new URLClassLoader(new URL[] {folder.toUri().toURL()}, before);
    Thread.currentThread().setContextClassLoader(loader);
  }

  @Override
  public void close() throws IOException {
    Thread.currentThread().setContextClassLoader(before);
    loader.close();
  }
}
