package org.hlo4j.tests.bench;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Locale;
import java.util.OptionalDouble;

/** What a user would pick instead, in a Python environment of its own. */
final class Jax implements Peer {
  private static final String VERSION = "0.10.2";

  private final Path python;
  private final Path script;
  private final Path cache;
  private final Path log;
  private boolean isCached;

  private Jax(Path python, Path script, Path cache, Path log) {
    this.python = python;
    this.script = script;
    this.cache = cache;
    this.log = log;
  }

  /**
   * Installs JAX, unless it was before.
   *
   * @throws IOException if there is no Python, or {@code pip} fails
   */
  static Jax install(Folders folders) throws IOException, InterruptedException {
    Path log = folders.output().resolve("jax.log");
    Path environment = folders.output().resolve("jax-" + VERSION);
    Path python = environment.resolve("bin/python");
    Path done = environment.resolve("installed");
    if (!Files.exists(done)) {
      Child unusedMade =
          Child.run(log, List.of("python3", "-m", "venv", "--clear", environment.toString()));
      Child unusedFilled =
          Child.run(
              log,
              List.of(
                  python.toString(), "-m", "pip", "install", "--quiet", "jax[cpu]==" + VERSION));
      Files.createFile(done);
    }
    return new Jax(
        python, folders.source("jax_peer.py"), folders.output().resolve("jax-cache"), log);
  }

  @Override
  public String version() {
    return VERSION;
  }

  @Override
  public OptionalDouble measure(Row row) throws IOException, InterruptedException {
    return switch (row) {
      case HEAP -> OptionalDouble.empty();
      case FIRST -> {
        if (!isCached) {
          Child unused = run("first", cache.toString());
          isCached = true;
        }
        yield OptionalDouble.of(Child.life(() -> run("first", cache.toString())));
      }
      case FIRST_COLD -> OptionalDouble.of(Child.life(() -> run("first", "off")));
      default -> OptionalDouble.of(run(row.name().toLowerCase(Locale.ROOT), "off").number());
    };
  }

  private Child run(String row, String cacheFolder) throws IOException, InterruptedException {
    return Child.run(log, List.of(python.toString(), script.toString(), row, cacheFolder));
  }
}
