package org.hlo4j.plugin;

import java.io.IOException;
import java.nio.file.DirectoryStream;
import java.nio.file.Files;
import java.nio.file.InvalidPathException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import java.util.regex.Pattern;

/** Finds the plugins of JAX wheels in a Python environment without running Python. */
final class PythonEnvironment {
  /** A plugin in the environment and its platform. */
  record Found(String platform, Path library) {}

  // Python extension modules lie beside the plugin, such as _rocm.cpython-313-x86_64-linux-gnu.so.
  private static final Pattern PYTHON_EXTENSION =
      Pattern.compile(".*\\.(cpython-[^.]*|abi3)\\.so|_.*");

  private static final Pattern LIBRARY = Pattern.compile(".*\\.(so|dylib|dll)");

  private static final Comparator<Path> PLUGIN_NAMES_FIRST =
      Comparator.<Path, Boolean>comparing(path -> !nameOf(path).matches(".*(pjrt|plugin).*"))
          .thenComparing(PythonEnvironment::nameOf);

  private PythonEnvironment() {}

  /**
   * Returns the plugins of an environment, in JAX's order: GPUs, then others, then TPUs; the newest
   * package first.
   *
   * @param root the environment's folder; if it is not a valid path, the result is empty
   */
  static List<Found> plugins(String root) throws IOException {
    List<Found> found = new ArrayList<>();
    for (Path packages : sitePackages(root)) {
      for (Path plugin : children(packages.resolve("jax_plugins"), "*")) {
        for (Path library : libraryIn(plugin).stream().toList()) {
          found.add(new Found(Platform.ofJaxPackage(nameOf(plugin)), library));
        }
      }
      Path tpu = packages.resolve("libtpu").resolve("libtpu.so");
      if (Files.isRegularFile(tpu)) {
        found.add(new Found(Platform.TPU, tpu));
      }
    }
    found.sort(Comparator.comparingInt(PythonEnvironment::rank));
    return found;
  }

  private static int rank(Found found) {
    if (Platform.isGpu(found.platform())) {
      return 0;
    }
    return found.platform().equals(Platform.TPU) ? 2 : 1;
  }

  private static List<Path> sitePackages(String environment) throws IOException {
    Path root;
    try {
      root = Path.of(environment);
    } catch (InvalidPathException e) {
      return List.of();
    }
    List<Path> folders = new ArrayList<>();
    for (String lib : List.of("lib", "lib64")) {
      for (Path python : children(root.resolve(lib), "python3*")) {
        folders.add(python.resolve("site-packages"));
      }
    }
    folders.add(root.resolve("Lib").resolve("site-packages")); // Windows
    return folders;
  }

  private static Optional<Path> libraryIn(Path plugin) throws IOException {
    return children(plugin, "*").stream()
        .filter(path -> LIBRARY.matcher(nameOf(path)).matches())
        .filter(path -> !PYTHON_EXTENSION.matcher(nameOf(path)).matches())
        .filter(Files::isRegularFile)
        .min(PLUGIN_NAMES_FIRST);
  }

  /**
   * Returns the contents of a folder in reverse order of names; empty if there is no such folder.
   */
  private static List<Path> children(Path folder, String glob) throws IOException {
    List<Path> children = new ArrayList<>();
    if (Files.isDirectory(folder)) {
      try (DirectoryStream<Path> stream = Files.newDirectoryStream(folder, glob)) {
        stream.forEach(children::add);
      }
    }
    children.sort(Comparator.comparing(PythonEnvironment::nameOf).reversed());
    return children;
  }

  private static String nameOf(Path path) {
    Path name = path.getFileName();
    return name == null ? "" : name.toString();
  }
}
