package org.hlo4j.internal.pjrt.library;

import java.io.IOException;
import java.lang.foreign.Arena;
import java.lang.foreign.SymbolLookup;
import java.nio.file.Path;
import java.util.Locale;
import java.util.Optional;
import org.hlo4j.error.PluginException;
import org.jspecify.annotations.Nullable;

/** Loads the library of a plugin for the lifetime of the process, or reports why that fails. */
public final class SharedLibrary {
  private SharedLibrary() {}

  /**
   * Loads a library.
   *
   * @return its symbols
   * @throws PluginException if it cannot be loaded, with the reason
   */
  public static SymbolLookup load(Path library) {
    if (System.getProperty("os.name", "").toLowerCase(Locale.ROOT).contains("linux")) {
      checkFile(library);
    }
    Optional<String> reason =
        DynamicLoader.ofThisPlatform().flatMap(loader -> loader.open(library.toAbsolutePath()));
    if (reason.isPresent()) {
      throw refused(library, explained(library, reason.get(), Mounts.ofThisProcess()), null);
    }
    try {
      // It is loaded already. The JDK undoes the effects of a library with executable stacks.
      return SymbolLookup.libraryLookup(library, Arena.global());
    } catch (IllegalArgumentException e) {
      throw refused(library, String.valueOf(e.getMessage()), e);
    }
  }

  private static void checkFile(Path library) {
    Optional<String> problem;
    try {
      problem = ElfFile.problem(library);
    } catch (IOException e) {
      throw refused(library, "it cannot be read: " + e, e);
    }
    if (problem.isPresent()) {
      throw refused(library, problem.get(), null);
    }
  }

  /** Returns the C library's reason, with advice if it is not sufficient. */
  static String explained(Path library, String reason, Mounts mounts) {
    Optional<Path> noExec = mounts.noExecMountOf(library.toAbsolutePath());
    return noExec.isEmpty()
        ? reason
        : reason
            + "\n"
            + noExec.get()
            + " is mounted with the option noexec, so that no library can be loaded from there."
            + " Put the plugin on another file system: set XDG_CACHE_HOME to a folder there and"
            + " fetch it again, or copy it and set PJRT_PLUGIN_LIBRARY_PATH to the copy";
  }

  private static PluginException refused(Path library, String problem, @Nullable Throwable cause) {
    return new PluginException(library + " cannot be loaded: " + problem, cause);
  }
}
