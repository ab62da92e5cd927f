package org.hlo4j.processor.verify;

import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.DataInputStream;
import java.io.DataOutputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.util.Objects;
import java.util.Optional;
import org.hlo4j.error.ArgumentException;
import org.hlo4j.internal.cache.DiskCache;
import org.hlo4j.internal.cache.KeyHasher;

/** Caches lasting verdicts between builds. */
record VerdictCache(Optional<DiskCache> disk, String fingerprint) {
  /** To be changed when the same program may get another verdict by the same plugin. */
  private static final String VERSION = "hlo4j verdict 2";

  /** Changes XLA's behaviour, and so its verdicts. */
  private static final String XLA_FLAGS = "XLA_FLAGS";

  /** Returns the key of a program's verdict. */
  String keyOf(Request request) {
    KeyHasher key =
        new KeyHasher()
            .add(VERSION)
            .add(fingerprint)
            .add(Objects.requireNonNullElse(System.getenv(XLA_FLAGS), ""));
    request.addTo(key);
    return key.key();
  }

  Optional<Verdict> find(String key) {
    Optional<byte[]> bytes = disk.flatMap(cache -> cache.get(key));
    if (bytes.isEmpty()) {
      return Optional.empty();
    }
    try {
      return Optional.of(
          Reply.read(new DataInputStream(new ByteArrayInputStream(bytes.get()))).verdict());
    } catch (IOException | ArgumentException e) {
      // Another version's format; the new verdict will replace it.
      return Optional.empty();
    }
  }

  void keep(String key, Verdict verdict) {
    if (disk.isPresent() && verdict.isLasting()) {
      ByteArrayOutputStream bytes = new ByteArrayOutputStream();
      try {
        new Reply(verdict).write(new DataOutputStream(bytes));
      } catch (IOException e) {
        throw new UncheckedIOException("Memory cannot fail", e);
      }
      disk.get().put(key, bytes.toByteArray());
    }
  }
}
