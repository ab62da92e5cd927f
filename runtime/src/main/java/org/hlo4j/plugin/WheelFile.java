package org.hlo4j.plugin;

import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.DigestInputStream;
import java.security.MessageDigest;
import java.util.HexFormat;
import java.util.zip.ZipEntry;
import java.util.zip.ZipFile;
import org.hlo4j.error.PluginException;
import org.hlo4j.internal.cache.KeyHasher;

/** A downloaded wheel: verifies its SHA-256, and extracts the library. */
record WheelFile(Path file, Wheel wheel) {
  /** Throws unless the file has the pinned SHA-256; must be called before anything else is read. */
  void verify() throws IOException {
    String actual = sha256();
    if (!actual.equals(wheel.sha256())) {
      throw new PluginException(
          "The wheel %s was rejected and deleted: its SHA-256 is %s, but must be %s."
              .formatted(wheel, actual, wheel.sha256()));
    }
  }

  private String sha256() throws IOException {
    MessageDigest digest = KeyHasher.sha256();
    try (InputStream in = new DigestInputStream(Files.newInputStream(file), digest)) {
      in.transferTo(OutputStream.nullOutputStream());
    }
    return HexFormat.of().formatHex(digest.digest());
  }

  /**
   * Copies the library into the folder. Names in the wheel are not trusted as paths: the one entry
   * is read by its pinned name and written under the pinned file name.
   */
  void unpackLibrary(Path folder) throws IOException {
    try (ZipFile zip = new ZipFile(file.toFile())) {
      ZipEntry entry = zip.getEntry(wheel.libraryEntry());
      if (entry == null || entry.isDirectory()) {
        throw new PluginException(
            "The wheel " + wheel + " has no library " + wheel.libraryEntry() + ".");
      }
      try (InputStream in = zip.getInputStream(entry)) {
        long copied = Files.copy(in, folder.resolve(wheel.libraryFile()));
        if (copied != entry.getSize()) {
          throw new PluginException(
              "The library of the wheel %s unpacks to %s bytes instead of %s."
                  .formatted(wheel, copied, entry.getSize()));
        }
      }
    }
  }
}
