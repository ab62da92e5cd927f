package org.hlo4j.plugin;

import static com.google.common.truth.Truth.assertThat;
import static org.junit.jupiter.api.Assertions.assertThrows;

import java.nio.file.Path;
import java.util.Arrays;
import org.hlo4j.error.PluginException;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.condition.DisabledOnOs;
import org.junit.jupiter.api.condition.OS;

@DisabledOnOs(OS.WINDOWS) // where /home is not an absolute path
final class CacheFolderTest {
  private static final Path HOME = Path.of("/home/ada");

  @Test
  void withoutVariablesItIsInTheCacheOfTheHome() {
    assertThat(CacheFolder.PLUGINS.of(FakeHost.onLinux(HOME).build()))
        .isEqualTo(HOME.resolve(".cache/hlo4j/plugins"));
  }

  @Test
  void xdgCacheHomeMovesIt() {
    assertThat(
            CacheFolder.PLUGINS.of(
                FakeHost.onLinux(HOME).variable("XDG_CACHE_HOME", "/scratch").build()))
        .isEqualTo(Path.of("/scratch/hlo4j/plugins"));
  }

  @Test
  void aRelativeOrEmptyXdgCacheHomeIsIgnored() {
    for (String value : new String[] {"scratch", "./scratch", "", " ", "\0"}) {
      assertThat(
              CacheFolder.PLUGINS.of(
                  FakeHost.onLinux(HOME).variable("XDG_CACHE_HOME", value).build()))
          .isEqualTo(HOME.resolve(".cache/hlo4j/plugins"));
    }
  }

  @Test
  void macAndWindowsHaveTheirOwn() {
    FakeHost mac = FakeHost.onLinux(HOME).property("os.name", "Mac OS X");
    FakeHost windows = FakeHost.onLinux(HOME).property("os.name", "Windows 11");
    assertThat(CacheFolder.PLUGINS.of(mac.build()))
        .isEqualTo(HOME.resolve("Library/Caches/hlo4j/plugins"));
    assertThat(CacheFolder.PLUGINS.of(windows.build()))
        .isEqualTo(HOME.resolve("AppData/Local/hlo4j/plugins"));
    assertThat(CacheFolder.PLUGINS.of(windows.variable("LOCALAPPDATA", "/local").build()))
        .isEqualTo(Path.of("/local/hlo4j/plugins"));
  }

  @Test
  void aUserWithoutAHomeIsToldToSetTheVariable() {
    PluginException e =
        assertThrows(
            PluginException.class,
            () -> CacheFolder.PLUGINS.of(FakeHost.onLinux(Path.of("?")).build()));
    assertThat(e)
        .hasMessageThat()
        .isEqualTo(
            "There is no folder for plugins: the system property user.home is \"?\". Set"
                + " XDG_CACHE_HOME to a folder with an absolute path.");
  }

  @Test
  void eachKindHasAFolderOfItsOwn() {
    HostEnvironment host = FakeHost.onLinux(HOME).build();
    assertThat(Arrays.stream(CacheFolder.values()).map(kind -> kind.of(host).getFileName()))
        .containsExactly(Path.of("plugins"), Path.of("verified"), Path.of("executables"));
  }

  @Test
  void theUserOfThisJvmHasOne() {
    assertThat(CacheFolder.VERIFIED.find())
        .hasValue(CacheFolder.VERIFIED.of(HostEnvironment.ofThisJvm()));
  }
}
