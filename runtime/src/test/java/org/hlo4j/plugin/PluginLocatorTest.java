package org.hlo4j.plugin;

import static com.google.common.truth.Truth.assertThat;
import static org.junit.jupiter.api.Assertions.assertThrows;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.hlo4j.error.PluginException;
import org.hlo4j.plugin.PluginLocation.Origin;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.condition.DisabledOnOs;
import org.junit.jupiter.api.condition.OS;
import org.junit.jupiter.api.io.TempDir;

@DisabledOnOs(OS.WINDOWS) // separators of paths and of path lists
final class PluginLocatorTest {
  private static final String VARIABLE = "PJRT_PLUGIN_LIBRARY_PATH";
  private static final String NAMES = "PJRT_NAMES_AND_LIBRARY_PATHS";
  private static final Pip NO_PIP = new Pip(List.of());

  @TempDir Path temporary;
  private Path folder;
  private FakeHost somewhere;

  @BeforeEach
  void setUp() throws IOException {
    folder = temporary.toRealPath();
    somewhere = FakeHost.onLinux(folder);
  }

  private PluginLocation locate(PluginRequest request) {
    HostEnvironment host = somewhere.build();
    return new PluginLocator(host, new PluginFetcher(host, NO_PIP)).locate(request);
  }

  private String refusal(PluginRequest request) {
    return String.valueOf(assertThrows(PluginException.class, () -> locate(request)).getMessage());
  }

  private Path file(String name) throws IOException {
    Path file = folder.resolve(name);
    Files.createDirectories(file.getParent());
    return Files.writeString(file, "library");
  }

  /** Puts a file of the right shape into the cache; nothing here loads it. */
  private Path cached(PublishedPlugin plugin) throws IOException {
    CachedPlugin cached =
        new CachedPlugin(CacheFolder.PLUGINS.of(somewhere.build()), plugin.wheel());
    Files.createDirectories(cached.folder());
    Files.writeString(cached.library(), "library");
    cached.writeManifest(cached.folder());
    return cached.library();
  }

  @Test
  void eachPlaceComesBeforeTheOnesAfterIt() throws IOException {
    PluginRequest any = PluginRequest.any();
    Path cache = cached(PublishedPlugin.CPU);
    assertThat(locate(any))
        .isEqualTo(new PluginLocation("fastatomstruct-xla-cpu", cache, Origin.CACHE));

    Path conda =
        file("conda/lib/python3.12/site-packages/jax_plugins/xla_rocm7/xla_rocm_plugin.so");
    somewhere.variable("CONDA_PREFIX", folder.resolve("conda"));
    assertThat(locate(any)).isEqualTo(new PluginLocation("rocm", conda, Origin.PYTHON_ENVIRONMENT));

    Path venv = file("venv/lib/python3.13/site-packages/jax_plugins/xla_cuda13/xla_cuda_plugin.so");
    somewhere.variable("VIRTUAL_ENV", folder.resolve("venv"));
    assertThat(locate(any)).isEqualTo(new PluginLocation("cuda", venv, Origin.PYTHON_ENVIRONMENT));

    Path named = file("named.so");
    somewhere.variable(NAMES, "mine:" + named);
    assertThat(locate(any)).isEqualTo(new PluginLocation("mine", named, Origin.NAMES_VARIABLE));

    Path variable = file("variable.so");
    somewhere.variable(VARIABLE, variable);
    assertThat(locate(any))
        .isEqualTo(new PluginLocation("variable.so", variable, Origin.LIBRARY_PATH_VARIABLE));

    Path property = file("property.so");
    somewhere.property("hlo4j.plugin", property);
    assertThat(locate(any)).isEqualTo(new PluginLocation("property.so", property, Origin.PROPERTY));

    Path explicit = file("explicit.so");
    assertThat(locate(any.withLibrary(explicit)))
        .isEqualTo(new PluginLocation("explicit.so", explicit, Origin.EXPLICIT_PATH));
  }

  @Test
  void thePathOfTheResultIsAbsoluteAndWithoutLinks() throws IOException {
    Path real = file("real.so");
    Path link = Files.createSymbolicLink(folder.resolve("link.so"), real);
    somewhere.variable(VARIABLE, link);
    assertThat(locate(PluginRequest.any()).library()).isEqualTo(real);
  }

  @Test
  void theResultSaysWhereItCameFrom() throws IOException {
    Path library = file("x.so");
    somewhere.variable(VARIABLE, library);
    assertThat(locate(PluginRequest.any()).toString())
        .isEqualTo("plugin x.so at " + library + " (from PJRT_PLUGIN_LIBRARY_PATH)");
  }

  @Test
  void thePropertyMayNameAPublishedPlugin() throws IOException {
    Path cached = cached(PublishedPlugin.LAMMPS_JAX_CPU);
    somewhere.property("hlo4j.plugin", "lammps-jax-cpu");
    PluginLocation location = locate(PluginRequest.any());

    assertThat(location).isEqualTo(new PluginLocation("lammps-jax-pjrt-cpu", cached, Origin.CACHE));
    assertThat(location.defect().orElseThrow()).contains("chlo.atan");

    somewhere.property("hlo4j.plugin", "no-such");
    assertThat(refusal(PluginRequest.any())).contains("No published plugin is named \"no-such\"");
    somewhere.property("hlo4j.plugin", "xla-cpu-pjrt");
    assertThat(refusal(PluginRequest.any())).startsWith("No PJRT plugin was found.");
  }

  @Test
  void theDefaultHasNoKnownDefect() throws IOException {
    assertThat(cached(PublishedPlugin.CPU)).isNotNull();
    assertThat(locate(PluginRequest.any()).defect()).isEmpty();
  }

  @Test
  void aPathInTheVariableThatDoesNotExistIsAnError() throws IOException {
    assertThat(Files.exists(cached(PublishedPlugin.CPU))).isTrue();
    somewhere.variable(VARIABLE, "/no/such.so");
    assertThat(refusal(PluginRequest.any()))
        .isEqualTo(
            "PJRT_PLUGIN_LIBRARY_PATH names the plugin \"/no/such.so\", which does not exist. It"
                + " must be the shared library of a PJRT plugin.");
  }

  @Test
  void aFolderInTheVariableIsAnError() {
    somewhere.variable(VARIABLE, folder);
    assertThat(refusal(PluginRequest.any()))
        .startsWith("PJRT_PLUGIN_LIBRARY_PATH names the plugin \"" + folder + "\", which is not a");
  }

  @Test
  void anExplicitPathThatDoesNotExistIsAnError() {
    assertThat(refusal(PluginRequest.any().withLibrary(Path.of("no.so"))))
        .startsWith("The program names the plugin \"no.so\", which does not exist.");
  }

  @Test
  void anEmptyVariableIsAsGoodAsNone() throws IOException {
    Path library = cached(PublishedPlugin.CPU);
    somewhere.variable(VARIABLE, "").variable(NAMES, " ");
    assertThat(locate(PluginRequest.any()).library()).isEqualTo(library);
  }

  @Test
  void ofSeveralNamesTheFirstIsTakenOrTheWantedOne() throws IOException {
    Path a = file("a.so");
    Path b = file("b.so");
    somewhere.variable(NAMES, " tpu:" + a + ", cuda:" + b + ",");
    assertThat(locate(PluginRequest.any()).library()).isEqualTo(a);
    assertThat(locate(PluginRequest.any().withPlatform("CUDA")).library()).isEqualTo(b);
    assertThat(locate(PluginRequest.any().withPlatform("gpu")).name()).isEqualTo("cuda");
  }

  @Test
  void ofOneNameGivenTwiceTheLastPathCountsAsInJax() throws IOException {
    somewhere.variable(NAMES, "a:/no/such.so,a:" + file("a.so"));
    assertThat(locate(PluginRequest.any()).library()).isEqualTo(folder.resolve("a.so"));
  }

  @Test
  void aNamedPathThatDoesNotExistIsAnError() {
    somewhere.variable(NAMES, "mine:/no/such.so");
    assertThat(refusal(PluginRequest.any()))
        .startsWith(
            "PJRT_NAMES_AND_LIBRARY_PATHS names the plugin \"/no/such.so\", which does not exist.");
  }

  @Test
  void namesInAnotherFormAreAnError() {
    for (String entry : new String[] {"/no/name.so", ":/no/name.so", "nopath:"}) {
      somewhere.variable(NAMES, entry);
      assertThat(refusal(PluginRequest.any()))
          .isEqualTo(
              "PJRT_NAMES_AND_LIBRARY_PATHS has the entry \""
                  + entry
                  + "\", which is not of the form name:path. The format is"
                  + " name1:path1,name2:path2.");
    }
  }

  @Test
  void theJsonFilesOfJaxAreRefusedByName() {
    somewhere.variable(NAMES, "mine:/etc/mine.json");
    assertThat(refusal(PluginRequest.any()))
        .startsWith("PJRT_NAMES_AND_LIBRARY_PATHS names the file \"/etc/mine.json\" for mine.");
  }

  @Test
  void inPythonGpusComeFirstThenOthersThenTheTpu() throws IOException {
    String packages = "venv/lib/python3.12/site-packages/";
    somewhere.variable("VIRTUAL_ENV", folder.resolve("venv"));
    Path tpu = file(packages + "libtpu/libtpu.so");
    assertThat(locate(PluginRequest.any()))
        .isEqualTo(new PluginLocation("tpu", tpu, Origin.PYTHON_ENVIRONMENT));
    Path other = file(packages + "jax_plugins/mps/libpjrt_mps.dylib");
    assertThat(locate(PluginRequest.any()).library()).isEqualTo(other);
    Path cuda12 = file(packages + "jax_plugins/xla_cuda12/xla_cuda_plugin.so");
    assertThat(locate(PluginRequest.any()).library()).isEqualTo(cuda12);
    Path cuda13 = file(packages + "jax_plugins/xla_cuda13/xla_cuda_plugin.so");
    assertThat(locate(PluginRequest.any()).library()).isEqualTo(cuda13);

    assertThat(locate(PluginRequest.any().withPlatform("tpu")).library()).isEqualTo(tpu);
    assertThat(locate(PluginRequest.any().withPlatform("mps")).library()).isEqualTo(other);
  }

  @Test
  void inPythonGlueIsNotTakenForAPlugin() throws IOException {
    String plugin = "venv/lib/python3.12/site-packages/jax_plugins/mine/";
    somewhere.variable("VIRTUAL_ENV", folder.resolve("venv"));
    Path glue = file(plugin + "_mine.so");
    Path extension = file(plugin + "aglue.cpython-312-x86_64-linux-gnu.so");
    assertThat(refusal(PluginRequest.any()))
        .contains("VIRTUAL_ENV (" + folder.resolve("venv") + "): no plugin\n");
    Path helper = file(plugin + "ahelper.so");
    Path library = file(plugin + "pjrt_c_api_mine_plugin.so");
    assertThat(locate(PluginRequest.any()).library()).isEqualTo(library);
    assertThat(List.of(glue, extension, helper)).doesNotContain(library);
  }

  @Test
  void theCpuIsNotServedByAnotherPlatformsPlugin() throws IOException {
    Path venv = file("venv/lib/python3.13/site-packages/jax_plugins/xla_cuda13/xla_cuda_plugin.so");
    somewhere.variable("VIRTUAL_ENV", folder.resolve("venv"));
    Path cpu = cached(PublishedPlugin.CPU);
    assertThat(locate(PluginRequest.any().withPlatform("cpu")).library()).isEqualTo(cpu);
    assertThat(locate(PluginRequest.any()).library()).isEqualTo(venv);
  }

  @Test
  void aPublishedPluginThatIsAskedForIsNotReplacedByTheEnvironment() throws IOException {
    somewhere.variable(VARIABLE, file("variable.so"));
    Path wanted = cached(PublishedPlugin.XLA_CPU_PJRT);
    assertThat(locate(PluginRequest.any().withPublished(PublishedPlugin.XLA_CPU_PJRT)))
        .isEqualTo(new PluginLocation("xla-cpu-pjrt", wanted, Origin.CACHE));
  }

  @Test
  void thePluginOnTheClassPathComesBeforePythonAndAfterVariables() throws IOException {
    Path cached = cached(PublishedPlugin.CPU);
    file("conda/lib/python3.12/site-packages/jax_plugins/xla_rocm7/xla_rocm_plugin.so");
    somewhere.variable("CONDA_PREFIX", folder.resolve("conda"));
    Path classes = folder.resolve("classes");
    try (var classPath = new FakeClassPath(classes, PublishedPlugin.CPU.wheel(), new byte[0])) {
      assertThat(locate(PluginRequest.any()))
          .isEqualTo(new PluginLocation("fastatomstruct-xla-cpu", cached, Origin.CLASS_PATH));
      assertThat(locate(PluginRequest.any().withPlatform("rocm")).name()).isEqualTo("rocm");
      somewhere.variable("PJRT_PLUGIN_LIBRARY_PATH", file("mine.so"));
      assertThat(locate(PluginRequest.any()).name()).isEqualTo("mine.so");
      assertThat(classPath).isNotNull();
    }
  }

  @Test
  void whenThereIsNothingTheMessageListsThePlacesAndWhatToDo() {
    somewhere.variable("VIRTUAL_ENV", folder.resolve("venv"));
    assertThat(refusal(PluginRequest.any()))
        .isEqualTo(
            """
            No PJRT plugin was found. Searched:
              - the path given in code: none
              - -Dhlo4j.plugin: not set
              - PJRT_PLUGIN_LIBRARY_PATH: not set
              - PJRT_NAMES_AND_LIBRARY_PATHS: not set
              - the class path: no hlo4j-plugin-cpu
              - VIRTUAL_ENV (%s/venv): no plugin
              - CONDA_PREFIX: not set
              - the cache folder: %s/.cache/hlo4j/plugins/fastatomstruct-xla-cpu-2026.6.23-88b1c430b341b4be does not exist
              - the download: not allowed
            What to do, one of:
              - add the CPU plugin to the class path: org.hlo4j:hlo4j-plugin-cpu with the classifier linux-x86_64
              - allow the download of the CPU plugin (63 MB, once): Pjrt.builder().allowDownload() in code, or -Dhlo4j.download=true on the command line of java
              - set PJRT_PLUGIN_LIBRARY_PATH to the shared library of a PJRT plugin, or give its path to Pjrt.builder().plugin(…)
              - activate a Python environment that has a JAX plugin installed, such as jax[cuda13]\
            """
                .formatted(folder, folder));
  }

  @Test
  void whenThereIsNoSuchPlatformTheMessageSaysWhatThereIs() throws IOException {
    somewhere.variable(NAMES, "mine:" + file("mine.so") + ",yours:" + file("yours.so"));
    assertThat(refusal(PluginRequest.any().withPlatform("cuda").withDownloadAllowed(true)))
        .isEqualTo(
            """
            No PJRT plugin was found. Searched:
              - the path given in code: none
              - -Dhlo4j.plugin: not set
              - PJRT_PLUGIN_LIBRARY_PATH: not set
              - PJRT_NAMES_AND_LIBRARY_PATHS: no plugin for cuda, only for mine, yours
              - the class path: no hlo4j-plugin-cpu
              - VIRTUAL_ENV: not set
              - CONDA_PREFIX: not set
              - the cache folder: skipped: it only has plugins for cpu
            What to do, one of:
              - set PJRT_PLUGIN_LIBRARY_PATH to the shared library of a PJRT plugin, or give its path to Pjrt.builder().plugin(…)
              - activate a Python environment that has a JAX plugin installed, such as jax[cuda13]\
            """);
  }

  @Test
  void aDamagedCacheIsToldAndNotUsed() throws IOException {
    Path library = cached(PublishedPlugin.CPU);
    Files.writeString(library, "lib");
    assertThat(refusal(PluginRequest.any()))
        .contains("is damaged: " + library + " has 3 of 7 bytes\n");
  }

  @Test
  void onAnotherMachineTheMessageSaysSo() {
    somewhere.property("os.name", "Windows 11");
    assertThat(refusal(PluginRequest.any().withDownloadAllowed(true)))
        .contains(
            "the cache folder: The published CPU plugins are for Linux x86-64 only, and this is"
                + " Windows 11 amd64.\n"
                + "What to do, one of:\n"
                + "  - set PJRT_PLUGIN_LIBRARY_PATH to");
  }

  @Test
  void withoutAHomeTheMessageSaysSo() {
    somewhere.property("user.home", "?");
    assertThat(refusal(PluginRequest.any()))
        .contains("the cache folder: There is no folder for plugins: the system property");
  }

  @Test
  void aDownloadIsTriedOnlyWhereItIsAllowed() {
    List<String> progress = new ArrayList<>();
    PluginRequest request = PluginRequest.any().withProgress(progress::add);
    String tried = "Fetching the PJRT plugin requires pip, which was not found on the PATH.";
    assertThat(refusal(request)).startsWith("No PJRT plugin was found.");
    assertThat(progress).isEmpty();
    assertThat(refusal(request.withDownloadAllowed(true))).startsWith(tried);
    assertThat(progress).hasSize(1);
    somewhere.property("hlo4j.download", "true");
    assertThat(refusal(request)).startsWith(tried);
  }
}
