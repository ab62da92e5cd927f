package org.hlo4j.plugin;

import static com.google.common.truth.Truth.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.hlo4j.plugin.PluginInventory.Found;
import org.hlo4j.plugin.PluginLocation.Origin;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.condition.DisabledOnOs;
import org.junit.jupiter.api.condition.OS;
import org.junit.jupiter.api.io.TempDir;

@DisabledOnOs(OS.WINDOWS) // separators of paths and of path lists
final class PluginInventoryTest {
  @TempDir Path temporary;
  private Path folder;
  private FakeHost somewhere;

  @BeforeEach
  void setUp() throws IOException {
    folder = temporary.toRealPath();
    somewhere = FakeHost.onLinux(folder);
  }

  private Path file(String name) throws IOException {
    Path file = folder.resolve(name);
    Files.createDirectories(file.getParent());
    return Files.writeString(file, "library");
  }

  private List<Found> found() {
    return PluginInventory.of(somewhere.build());
  }

  @Test
  void whereNothingIsNothingIsFound() {
    assertThat(found()).isEmpty();
  }

  @Test
  void allPluginsAreFoundInTheOrderInWhichTheyAreAskedFor() throws IOException {
    Path first = file("first.so");
    Path named = file("named.so");
    Path jax = file("venv/lib/python3.12/site-packages/jax_plugins/xla_cuda13/xla_cuda_plugin.so");
    CachedPlugin plugin =
        new CachedPlugin(
            CacheFolder.PLUGINS.of(somewhere.build()), PublishedPlugin.XLA_CPU_PJRT.wheel());
    Files.createDirectories(plugin.folder());
    Path cached = Files.writeString(plugin.library(), "library");
    plugin.writeManifest(plugin.folder());
    somewhere
        .variable(PluginLocator.LIBRARY_PATH, first)
        .variable(PluginLocator.NAMES_AND_LIBRARY_PATHS, "mine:" + named)
        .variable("VIRTUAL_ENV", folder.resolve("venv"));

    List<Found> found = found();

    assertThat(found.stream().map(each -> each.location().orElseThrow().library()).toList())
        .containsExactly(first, named, jax, cached)
        .inOrder();
    assertThat(found.stream().map(Found::name).toList())
        .containsExactly("first.so", "mine", "cuda", "xla-cpu-pjrt")
        .inOrder();
    assertThat(found.stream().map(Found::origin).toList())
        .containsExactly(
            Origin.LIBRARY_PATH_VARIABLE,
            Origin.NAMES_VARIABLE,
            Origin.PYTHON_ENVIRONMENT,
            Origin.CACHE)
        .inOrder();
  }

  @Test
  void aPathThatLeadsNowhereIsListedWithTheReason() {
    somewhere.variable(PluginLocator.LIBRARY_PATH, folder.resolve("none.so"));

    Found missing = found().get(0);

    assertThat(missing.location().isPresent()).isFalse();
    assertThat(missing.problem()).contains("none.so\", which does not exist");
  }

  @Test
  void aNameInThePropertyThatNobodyKnowsIsListedWithTheReason() {
    somewhere.property(PluginLocator.PROPERTY, "no-such");

    assertThat(found()).hasSize(1);
    assertThat(found().get(0).name()).isEqualTo("no-such");
    assertThat(found().get(0).problem())
        .startsWith("-Dhlo4j.plugin must be a path with a /, or a plugin's name, not 'no-such'.");

    somewhere.property(PluginLocator.PROPERTY, "cpu");
    assertThat(found()).isEmpty();
  }

  @Test
  void aVariableThatCannotBeReadIsListedWithTheReason() {
    somewhere.variable(PluginLocator.NAMES_AND_LIBRARY_PATHS, "nonsense");

    Found wrong = found().get(0);

    assertThat(wrong.name()).isEqualTo("nonsense");
    assertThat(wrong.problem()).contains("which is not of the form name:path");
  }
}
