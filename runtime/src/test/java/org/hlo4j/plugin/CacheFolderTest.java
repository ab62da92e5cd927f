package org.hlo4j.plugin;

import static com.google.common.truth.Truth.assertThat;
import static org.junit.jupiter.api.Assertions.assertThrows;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.List;
import org.hlo4j.error.PluginException;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.condition.DisabledOnOs;
import org.junit.jupiter.api.condition.OS;
import org.junit.jupiter.api.io.TempDir;

@DisabledOnOs(OS.WINDOWS) // where /home is not an absolute path
final class CacheFolderTest {
  private static final Path HOME = Path.of("/home/ada");

  @Test
  void withoutVariablesItIsInTheCacheOfTheHome() {
    assertThat(CacheFolder.of(Somewhere.onLinux(HOME).build()))
        .isEqualTo(HOME.resolve(".cache/hlo4j/plugins"));
  }

  @Test
  void xdgCacheHomeMovesIt() {
    assertThat(
            CacheFolder.of(Somewhere.onLinux(HOME).variable("XDG_CACHE_HOME", "/scratch").build()))
        .isEqualTo(Path.of("/scratch/hlo4j/plugins"));
  }

  @Test
  void aRelativeOrEmptyXdgCacheHomeIsIgnored() {
    for (String value : new String[] {"scratch", "./scratch", "", " ", "\0"}) {
      assertThat(CacheFolder.of(Somewhere.onLinux(HOME).variable("XDG_CACHE_HOME", value).build()))
          .isEqualTo(HOME.resolve(".cache/hlo4j/plugins"));
    }
  }

  @Test
  void macAndWindowsHaveTheirOwn() {
    Somewhere mac = Somewhere.onLinux(HOME).property("os.name", "Mac OS X");
    Somewhere windows = Somewhere.onLinux(HOME).property("os.name", "Windows 11");
    assertThat(CacheFolder.of(mac.build())).isEqualTo(HOME.resolve("Library/Caches/hlo4j/plugins"));
    assertThat(CacheFolder.of(windows.build()))
        .isEqualTo(HOME.resolve("AppData/Local/hlo4j/plugins"));
    assertThat(CacheFolder.of(windows.variable("LOCALAPPDATA", "/local").build()))
        .isEqualTo(Path.of("/local/hlo4j/plugins"));
  }

  @Test
  void aUserWithoutAHomeIsToldToSetTheVariable() {
    PluginException e =
        assertThrows(
            PluginException.class, () -> CacheFolder.of(Somewhere.onLinux(Path.of("?")).build()));
    assertThat(e)
        .hasMessageThat()
        .isEqualTo(
            "There is no folder to keep plugins in: the system property user.home is \"?\". Set"
                + " XDG_CACHE_HOME to a folder with an absolute path.");
  }

  @Test
  void allFoldersThatItMakesAreForTheUserAlone(@TempDir Path folder) throws IOException {
    Path plugins = folder.resolve("a/hlo4j/plugins");
    CacheFolder.create(plugins);
    Path temporary = CacheFolder.createTemporary(plugins, "x");
    for (Path made : List.of(folder.resolve("a"), folder.resolve("a/hlo4j"), plugins, temporary)) {
      assertThat(PosixFilePermissions.toString(Files.getPosixFilePermissions(made)))
          .isEqualTo("rwx------");
    }
  }
}
