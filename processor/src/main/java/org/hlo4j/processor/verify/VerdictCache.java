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

/** Keeps lasting verdicts from one build to the next. */
record VerdictCache(Optional<DiskCache> disk, String fingerprint) {
  /** To be raised when the same program may get another verdict by the same plugin. */
  private static final String VERSION = "hlo4j verdict 3";

  /** Changes what XLA does, and so what it accepts. */
  private static final String XLA_FLAGS = "XLA_FLAGS";

  /** What a program's verdict is found by. */
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
      // Another version's form; the new verdict will take its place.
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
