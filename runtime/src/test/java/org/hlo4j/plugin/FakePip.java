package org.hlo4j.plugin;

import static com.google.common.truth.Truth.assertThat;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.HexFormat;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.zip.ZipEntry;
import java.util.zip.ZipOutputStream;

/** A pip of a few lines of shell, and a small wheel for it to download, for tests offline. */
final class FakePip {
  static final String LIBRARY = "not much of a library";

  private final Path folder;

  FakePip(Path folder) {
    this.folder = folder;
  }

  /** A pip that answers its version and does as the lines of shell say; $dest is set. */
  Pip doing(String script) throws IOException {
    return new Pip(List.of(List.of(script("pip", script))));
  }

  /** A pip that downloads the wheel with the given entries. */
  Pip downloading(Path wheel) throws IOException {
    return doing("echo \"$$ $*\" >> '" + log() + "'\ncp '" + wheel + "' \"$dest/\"");
  }

  /** A pip that notes that it was asked, and reads a line from the gate before it downloads. */
  Pip waiting(Path wheel) throws IOException, InterruptedException {
    Path gate = gate();
    assertThat(new ProcessBuilder("mkfifo", gate.toString()).start().waitFor()).isEqualTo(0);
    return doing(
        String.format(
            Locale.ROOT,
            "echo x >> '%s'\nread -r line < '%s'\ncp '%s' \"$dest/\"",
            log(),
            gate,
            wheel));
  }

  /** What a pip that waits reads from; who opens it to write waits for that pip. */
  Path gate() {
    return folder.resolve("gate");
  }

  /** Lets a pip that waits go on. */
  void open() throws IOException {
    Files.writeString(gate(), "go\n");
  }

  /** How often a download was asked for. */
  int downloads() throws IOException {
    return Files.exists(log()) ? Files.readAllLines(log()).size() : 0;
  }

  Path log() {
    return folder.resolve("downloads.log");
  }

  String script(String name, String script) throws IOException {
    String whole =
        """
        #!/bin/sh
        [ "$1" = --version ] && exit 0
        for word in "$@"; do
          [ "$previous" = --dest ] && dest=$word
          [ "$previous" = --requirement ] && requirements=$word
          previous=$word
        done
        """
            + script
            + "\n";
    Path file = Files.writeString(folder.resolve(name), whole, StandardCharsets.UTF_8);
    Files.setPosixFilePermissions(file, PosixFilePermissions.fromString("rwxr-xr-x"));
    return file.toString();
  }

  /** Writes a wheel with these entries. */
  Path wheelFile(Map<String, String> entries) throws IOException {
    Path file = folder.resolve("small-1.0-py3-none-any.whl");
    try (ZipOutputStream zip = new ZipOutputStream(Files.newOutputStream(file))) {
      for (Map.Entry<String, String> entry : entries.entrySet()) {
        zip.putNextEntry(new ZipEntry(entry.getKey()));
        zip.write(entry.getValue().getBytes(StandardCharsets.UTF_8));
        zip.closeEntry();
      }
    }
    return file;
  }

  /** Pins the wheel in this file. */
  static Wheel pin(Path file) throws IOException, NoSuchAlgorithmException {
    byte[] digest = MessageDigest.getInstance("SHA-256").digest(Files.readAllBytes(file));
    return new Wheel("small", "1.0", HexFormat.of().formatHex(digest), "small/libsmall.so");
  }
}
