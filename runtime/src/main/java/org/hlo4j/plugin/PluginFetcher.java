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

/** Installs a published plugin in the cache folder, once and completely or not at all. */
record PluginFetcher(HostEnvironment host, Pip pip) {
  /** The plugin's place in the cache, be it there or not. */
  CachedPlugin cached(Wheel wheel) {
    return new CachedPlugin(CacheFolder.PLUGINS.of(host), wheel);
  }

  /** Whether a plugin is on the class path, so that it can be installed without a download. */
  boolean isBundled(Wheel wheel) {
    return BundledWheel.find(wheel).isPresent();
  }

  /** Throws where the published plugins cannot run. */
  void requireSupportedMachine() {
    if (!host.isLinuxX64()) {
      throw new PluginException(
          "The published CPU plugins are for Linux x86-64 only, and this is %s.\n%s"
              .formatted(host.machine(), Advice.oneOf(Advice.SET_VARIABLE)));
    }
  }

  /**
   * Answers the library in the cache, downloading it if it is not there or damaged. Any number of
   * threads and processes may do so at once: one downloads, the others wait.
   *
   * @param progress is told in one line when a download starts and in one when it has ended
   * @param downloaded is told, from another thread, how many bytes are there
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
                      "see that the folder can be written and that its disk has 500 MB free,"
                          + " or set XDG_CACHE_HOME to another folder, and run this again",
                      Advice.SET_VARIABLE)),
          e);
    }
  }

  private void download(
      Wheel wheel, CachedPlugin cached, Consumer<String> progress, LongConsumer downloaded)
      throws IOException, InterruptedException {
    Path cache = cached.cache();
    // The lock is ours, so whoever made these was killed.
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

  /** Downloads a wheel into a folder, under the name of a bundled one, if it is not there. */
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
      // A damaged one. Another process may have it loaded: moved and deleted, it stays as it was
      // for that process, where writing over it would crash it.
      Files.move(cached.folder(), temporary.resolve("damaged"), StandardCopyOption.ATOMIC_MOVE);
    }
    Files.move(prepared, cached.folder(), StandardCopyOption.ATOMIC_MOVE);
  }
}
