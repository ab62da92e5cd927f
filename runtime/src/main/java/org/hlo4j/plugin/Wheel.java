package org.hlo4j.plugin;

import java.util.List;
import java.util.regex.Pattern;

/**
 * A Python wheel that contains a plugin, pinned by its SHA-256.
 *
 * @param project its name on the package index
 * @param version its exact version
 * @param sha256 of the wheel, 64 lower-case hexadecimal digits
 * @param libraryEntry the plugin's shared library inside the wheel
 */
record Wheel(String project, String version, String sha256, String libraryEntry) {

  private static final Pattern SAFE_NAME = Pattern.compile("[A-Za-z0-9][A-Za-z0-9._-]*");
  private static final Pattern SHA_256 = Pattern.compile("[0-9a-f]{64}");

  Wheel {
    // These become file names, or part of a line that pip reads.
    require(SAFE_NAME.matcher(project).matches(), project);
    require(SAFE_NAME.matcher(version).matches(), version);
    require(SHA_256.matcher(sha256).matches(), sha256);
    for (String part : List.of(libraryEntry.split("/", -1))) {
      require(SAFE_NAME.matcher(part).matches(), libraryEntry);
    }
  }

  private static void require(boolean valid, String value) {
    if (!valid) {
      throw new IllegalArgumentException("Not fit to pin a wheel: " + value);
    }
  }

  /** Returns the name of the folder of the unpacked plugin, which is unique per wheel. */
  String key() {
    return project + "-" + version + "-" + sha256.substring(0, 16);
  }

  /** Returns the library's file name, without the folders in the wheel. */
  String libraryFile() {
    return libraryEntry.substring(libraryEntry.lastIndexOf('/') + 1);
  }

  /** Returns the line of a requirements file with which pip accepts exactly this wheel. */
  String requirement() {
    return project + "==" + version + " --hash=sha256:" + sha256;
  }

  @Override
  public String toString() {
    return project + " " + version;
  }
}
