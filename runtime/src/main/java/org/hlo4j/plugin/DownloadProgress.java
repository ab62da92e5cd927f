package org.hlo4j.plugin;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.function.LongConsumer;
import java.util.stream.Stream;

/** Reports the number of bytes in a folder while another process downloads into it. */
final class DownloadProgress {
  private static final long PERIOD_MILLIS = 100;

  private final Path folder;
  private final LongConsumer told;
  private final CountDownLatch ended = new CountDownLatch(1);

  private DownloadProgress(Path folder, LongConsumer told) {
    this.folder = folder;
    this.told = told;
  }

  static DownloadProgress start(Path folder, LongConsumer told) {
    DownloadProgress watch = new DownloadProgress(folder, told);
    Thread.ofPlatform().daemon().name("hlo4j-download").start(watch::watch);
    return watch;
  }

  private void watch() {
    try {
      while (!ended.await(PERIOD_MILLIS, TimeUnit.MILLISECONDS)) {
        told.accept(size());
      }
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
  }

  /** Files that disappear meanwhile count as empty. */
  private long size() {
    try (Stream<Path> files = Files.walk(folder)) {
      return files.mapToLong(file -> file.toFile().length()).sum();
    } catch (IOException | UncheckedIOException e) {
      return 0;
    }
  }

  void stop() {
    ended.countDown();
  }
}
