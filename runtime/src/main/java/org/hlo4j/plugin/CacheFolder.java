package org.hlo4j.plugin;

import java.nio.file.InvalidPathException;
import java.nio.file.Path;
import java.util.Optional;
import org.hlo4j.error.PluginException;
import org.jspecify.annotations.Nullable;

/** The user's cache folders. Thread-safe. */
public enum CacheFolder {
  /** Downloaded plugins. */
  PLUGINS("plugins"),
  /** Results of verifying programs with a plugin's compiler. */
  VERIFIED("verified"),
  /** Compiled programs. */
  EXECUTABLES("executables");

  private static final String XDG_CACHE_HOME = "XDG_CACHE_HOME";

  private final String folderName;

  CacheFolder(String folderName) {
    this.folderName = folderName;
  }

  /**
   * Returns the folder of this JVM's user, which need not exist; empty for a user without a home.
   */
  public Optional<Path> find() {
    try {
      return Optional.of(of(HostEnvironment.ofThisJvm()));
    } catch (PluginException e) {
      return Optional.empty();
    }
  }

  /**
   * Returns the folder according to the XDG base directory specification, or the conventions of
   * macOS and Windows. It need not exist.
   *
   * @throws PluginException if the user has no home; the message suggests a fix
   */
  Path of(HostEnvironment host) {
    return userCache(host).resolve("hlo4j").resolve(folderName);
  }

  private static Path userCache(HostEnvironment host) {
    // The XDG specification requires relative paths to be ignored.
    Optional<Path> chosen = absolute(host.variable(XDG_CACHE_HOME));
    if (chosen.isPresent()) {
      return chosen.get();
    }
    if (host.isWindows()) {
      return absolute(host.variable("LOCALAPPDATA"))
          .orElseGet(() -> home(host).resolve("AppData").resolve("Local"));
    }
    if (host.isMac()) {
      return home(host).resolve("Library").resolve("Caches");
    }
    return home(host).resolve(".cache");
  }

  private static Path home(HostEnvironment host) {
    String home = host.property("user.home");
    // A user without an entry in the password file has the home "?", which is a relative path.
    return absolute(home)
        .orElseThrow(
            () ->
                new PluginException(
                    "There is no folder for plugins: the system property user.home is \""
                        + home
                        + "\". Set "
                        + XDG_CACHE_HOME
                        + " to a folder with an absolute path."));
  }

  private static Optional<Path> absolute(@Nullable String text) {
    if (text == null) {
      return Optional.empty();
    }
    try {
      Path path = Path.of(text);
      return path.isAbsolute() ? Optional.of(path) : Optional.empty();
    } catch (InvalidPathException e) {
      return Optional.empty();
    }
  }
}
