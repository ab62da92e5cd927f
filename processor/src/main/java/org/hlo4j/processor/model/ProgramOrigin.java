package org.hlo4j.processor.model;

import org.hlo4j.internal.mlir.analysis.ProgramDigest;

/**
 * A resource from which a program was read, with its digests.
 *
 * @param name its name in generated code
 * @param path its path below the root of the classes
 * @param digest the program's digest, which the runtime compares
 * @param sha256 the file's digest, which a build compares
 */
public record ProgramOrigin(String name, String path, String digest, String sha256) {
  /**
   * Returns a resource with its digests.
   *
   * @param isNear whether the generated code is in the package that the name is relative to
   * @param packageName that package
   */
  static ProgramOrigin of(String name, String packageName, boolean isNear, byte[] content) {
    String path =
        name.startsWith("/")
            ? name.substring(1)
            : packageName.isEmpty() ? name : packageName.replace('.', '/') + "/" + name;
    return new ProgramOrigin(
        isNear ? name : "/" + path, path, ProgramDigest.of(content), ProgramDigest.sha256(content));
  }
}
