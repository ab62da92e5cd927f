package org.hlo4j.internal.cache;

import static com.google.common.truth.Truth.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.condition.DisabledOnOs;
import org.junit.jupiter.api.condition.OS;
import org.junit.jupiter.api.io.TempDir;

@DisabledOnOs(OS.WINDOWS) // which has other permissions
final class PrivateFilesTest {
  @TempDir Path folder;

  private static String permissionsOf(Path file) throws IOException {
    return PosixFilePermissions.toString(Files.getPosixFilePermissions(file));
  }

  @Test
  void allFoldersThatItMakesAreForTheUserAlone() throws IOException {
    Path plugins = folder.resolve("a/hlo4j/plugins");
    PrivateFiles.createFolders(plugins);
    Path temporary = PrivateFiles.createTemporaryFolder(plugins, "x");
    for (Path made : List.of(folder.resolve("a"), folder.resolve("a/hlo4j"), plugins, temporary)) {
      assertThat(permissionsOf(made)).isEqualTo("rwx------");
    }
  }

  @Test
  void filesThatItMakesAreForTheUserAlone() throws IOException {
    Path file = PrivateFiles.createTemporaryFile(folder, "a", "z");
    assertThat(permissionsOf(file)).isEqualTo("rw-------");
    assertThat(file.getFileName().toString()).matches("a.+z");
  }

  @Test
  void aFolderThatIsThereStaysAsItIs() throws IOException {
    Path open = Files.createDirectory(folder.resolve("open"));
    String before = permissionsOf(open);
    PrivateFiles.createFolders(open);
    assertThat(permissionsOf(open)).isEqualTo(before);
  }
}
