package org.hlo4j.plugin;

import java.io.IOException;
import java.nio.channels.FileChannel;
import java.nio.channels.FileLock;
import java.nio.channels.OverlappingFileLockException;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ConcurrentMap;
import java.util.concurrent.locks.ReentrantLock;

/** A lock that lets one thread of one process modify a plugin in the cache. */
final class CacheLock {
  /** An action performed under the lock. */
  interface Action {
    void run() throws IOException, InterruptedException;
  }

  private static final long RETRY_MILLIS = 50;

  // A file lock belongs to the whole JVM, and on Linux closing any channel of the file releases it.
  // So only one thread at a time may even open the file.
  private static final ConcurrentMap<Path, ReentrantLock> OF_THIS_JVM = new ConcurrentHashMap<>();

  private CacheLock() {}

  /** Acquires the lock, interruptibly, and runs the action. */
  static void whileLocked(Path file, Action action) throws IOException, InterruptedException {
    ReentrantLock threads =
        OF_THIS_JVM.computeIfAbsent(file.toAbsolutePath(), path -> new ReentrantLock());
    threads.lockInterruptibly();
    try (FileChannel channel =
        FileChannel.open(file, StandardOpenOption.CREATE, StandardOpenOption.WRITE)) {
      FileLock processes = lock(channel);
      try {
        action.run();
      } finally {
        processes.release();
      }
    } finally {
      threads.unlock();
    }
  }

  private static FileLock lock(FileChannel channel) throws IOException, InterruptedException {
    while (true) {
      try {
        return channel.lock();
      } catch (OverlappingFileLockException e) {
        // Another class loader has loaded this library in the same JVM, as Maven and Gradle do:
        // that copy has its own map above, and one of its threads holds the lock.
        Thread.sleep(RETRY_MILLIS);
      }
    }
  }
}
