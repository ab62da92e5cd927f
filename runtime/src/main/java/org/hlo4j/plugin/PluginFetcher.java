package org.hlo4j.plugin;

import java.io.IOException;
import java.nio.channels.ClosedByInterruptException;
import java.nio.channels.FileLockInterruptionException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.util.Optional;
import java.util.function.Consumer;
import java.util.function.LongConsumer;
import org.hlo4j.error.PluginException;
import org.hlo4j.internal.cache.PrivateFiles;

/** Installs a published plugin in the cache folder, once and atomically. */
record PluginFetcher(HostEnvironment host, Pip pip) {
  /** Returns the plugin's location in the cache, whether or not it is installed. */
  CachedPlugin cached(Wheel wheel) {
    return new CachedPlugin(CacheFolder.PLUGINS.of(host), wheel);
  }

  /**
   * Returns whether a plugin is on the class path, so that it can be installed without a download.
   */
  boolean isBundled(Wheel wheel) {
    return BundledWheel.find(wheel).isPresent();
  }

  /** Throws on machines on which the published plugins cannot run. */
  void requireSupportedMachine() {
    if (!host.isLinuxX64()) {
      throw new PluginException(
          "The published CPU plugins are for Linux x86-64 only, and this is %s.\n%s"
              .formatted(host.machine(), Advice.oneOf(Advice.SET_VARIABLE)));
    }
  }

  /**
   * Returns the library in the cache, downloading it if it is missing or damaged. Safe for
   * concurrent use by threads and processes: one downloads, the others wait.
   *
   * @param progress receives a line when a download starts, and another when it ends
   * @param downloaded receives the number of downloaded bytes, from another thread
   */
  Path fetch(Wheel wheel, Consumer<String> progress, LongConsumer downloaded) {
    requireSupportedMachine();
    CachedPlugin cached = cached(wheel);
    if (cached.isIntact()) {
      return cached.library();
    }
    try {
      PrivateFiles.createFolders(cached.cache());
      CacheLock.whileLocked(
          cached.lockFile(),
          () -> {
            if (!cached.isIntact()) {
              download(wheel, cached, progress, downloaded);
            }
          });
      return cached.library();
    } catch (InterruptedException | ClosedByInterruptException | FileLockInterruptionException e) {
      Thread.currentThread().interrupt();
      throw new PluginException("Fetching the PJRT plugin " + wheel + " was interrupted.", e);
    } catch (IOException e) {
      throw new PluginException(
          "Fetching the PJRT plugin %s into %s failed: %s\n%s"
              .formatted(
                  wheel,
                  cached.folder(),
                  e,
                  Advice.oneOf(
                      "check that the folder is writable and its disk has 500 MB free,"
                          + " or set XDG_CACHE_HOME to another folder, and try again",
                      Advice.SET_VARIABLE)),
          e);
    }
  }

  private void download(
      Wheel wheel, CachedPlugin cached, Consumer<String> progress, LongConsumer downloaded)
      throws IOException, InterruptedException {
    Path cache = cached.cache();
    // This thread holds the lock, so the process that created these was killed.
    FileTree.deleteLeftovers(cache, cached.temporaryPrefix());
    Path temporary = PrivateFiles.createTemporaryFolder(cache, cached.temporaryPrefix());
    try {
      long start = System.nanoTime();
      Optional<BundledWheel> bundled = BundledWheel.find(wheel);
      progress.accept(
          bundled.isPresent()
              ? "hlo4j: unpacking the PJRT plugin " + wheel + " from the class path, once"
              : "hlo4j: fetching the PJRT plugin " + wheel + " with pip, once");
      Path downloadedWheel =
          bundled.isPresent()
              ? bundled.get().copyTo(temporary, wheel)
              : download(wheel, temporary, downloaded);
      WheelFile file = new WheelFile(downloadedWheel, wheel);
      file.verify();
      Path prepared = temporary.resolve("prepared");
      PrivateFiles.createFolders(prepared);
      file.unpackLibrary(prepared);
      cached.writeManifest(prepared);
      install(prepared, cached, temporary);
      progress.accept(
          "hlo4j: installed it in %s s in %s"
              .formatted((System.nanoTime() - start) / 1_000_000_000L, cached.folder()));
    } finally {
      FileTree.deleteIfPossible(temporary);
    }
  }

  /** Downloads a wheel to a folder, under the name of a bundled one, unless it exists. */
  void download(Wheel wheel, Path folder) {
    WheelFile file = new WheelFile(folder.resolve(BundledWheel.fileName(wheel)), wheel);
    try {
      Files.createDirectories(folder);
      if (Files.exists(file.file())) {
        file.verify();
        return;
      }
      Path temporary = Files.createTempDirectory(folder.toAbsolutePath().getParent(), "wheel");
      try {
        WheelFile fetched = new WheelFile(pip.download(wheel, temporary), wheel);
        fetched.verify();
        Files.move(fetched.file(), file.file(), StandardCopyOption.ATOMIC_MOVE);
      } finally {
        FileTree.deleteIfPossible(temporary);
      }
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new PluginException("Fetching the PJRT plugin " + wheel + " was interrupted.", e);
    } catch (IOException e) {
      throw new PluginException(
          "Fetching the wheel of %s into %s failed: %s".formatted(wheel, folder, e), e);
    }
  }

  private Path download(Wheel wheel, Path folder, LongConsumer downloaded)
      throws IOException, InterruptedException {
    DownloadProgress watch = DownloadProgress.start(folder, downloaded);
    try {
      return pip.download(wheel, folder);
    } finally {
      watch.stop();
    }
  }

  private static void install(Path prepared, CachedPlugin cached, Path temporary)
      throws IOException {
    if (Files.exists(cached.folder())) {
      // The folder is damaged. Another process may have loaded the library: moving and deleting it
      // keeps the process's mapping intact, whereas overwriting it would crash the process.
      Files.move(cached.folder(), temporary.resolve("damaged"), StandardCopyOption.ATOMIC_MOVE);
    }
    Files.move(prepared, cached.folder(), StandardCopyOption.ATOMIC_MOVE);
  }
}
