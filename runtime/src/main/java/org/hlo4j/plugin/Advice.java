package org.hlo4j.plugin;

/** The suggestions in messages to users without a plugin. */
final class Advice {
  static final String ADD_DEPENDENCY =
      "add the CPU plugin to the class path: org.hlo4j:hlo4j-plugin-cpu with the classifier"
          + " linux-x86_64";

  static final String ALLOW_DOWNLOAD =
      "allow the download of the CPU plugin (63 MB, once): Pjrt.builder().allowDownload() in code,"
          + " or -D"
          + HostEnvironment.DOWNLOAD_PROPERTY
          + "=true on the command line of java";

  static final String SET_VARIABLE =
      "set "
          + PluginLocator.LIBRARY_PATH
          + " to the shared library of a PJRT plugin, or give its path to Pjrt.builder().plugin(…)";

  static final String INSTALL_PIP = "install Python with pip and try again";

  static final String ACTIVATE_JAX =
      "activate a Python environment that has a JAX plugin installed, such as jax[cuda13]";

  private Advice() {}

  /** Returns a list of alternative actions. */
  static String oneOf(String... actions) {
    return (actions.length == 1 ? "What to do:" : "What to do, one of:")
        + "\n  - "
        + String.join("\n  - ", actions);
  }
}
