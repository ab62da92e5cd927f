package org.hlo4j.plugin;

import static com.google.common.truth.Truth.assertThat;
import static org.junit.jupiter.api.Assertions.assertThrows;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.FileTime;
import java.time.Instant;
import java.util.HashSet;
import java.util.Random;
import java.util.Set;
import org.hlo4j.error.PluginException;
import org.hlo4j.plugin.PluginLocation.Origin;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

final class PluginFingerprintTest {
  private static final int SIZE = 3_000_000;

  @TempDir Path folder;

  private static byte[] library() {
    byte[] content = new byte[SIZE];
    new Random(1).nextBytes(content);
    return content;
  }

  private Path file(String name, byte[] content) throws IOException {
    return Files.write(folder.resolve(name), content);
  }

  @Test
  void copiesHaveTheSameFingerprint() throws IOException {
    Path one = file("one.so", library());
    Path other = file("other.so", library());
    Files.setLastModifiedTime(other, FileTime.from(Instant.EPOCH));
    assertThat(PluginFingerprint.of(one)).matches("[0-9a-f]{64}");
    assertThat(PluginFingerprint.of(other)).isEqualTo(PluginFingerprint.of(one));
  }

  @Test
  void aChangeAtEitherEndOrInSizeMakesAnother() throws IOException {
    byte[] first = library();
    first[0]++;
    byte[] last = library();
    last[SIZE - 1]++;
    byte[] longer = new byte[SIZE + 1];
    Set<String> fingerprints = new HashSet<>();
    int files = 0;
    for (byte[] content :
        new byte[][] {library(), first, last, longer, new byte[SIZE], new byte[0], new byte[1]}) {
      fingerprints.add(PluginFingerprint.of(file(files + ".so", content)));
      files++;
    }
    assertThat(fingerprints).hasSize(files);
  }

  @Test
  void aSmallFileIsSampledWhole() throws IOException {
    byte[] content = new byte[100_000];
    Set<String> fingerprints = new HashSet<>();
    for (int i = 0; i < content.length; i += 9_999) {
      content[i]++;
      fingerprints.add(PluginFingerprint.of(file(i + ".so", content)));
    }
    assertThat(fingerprints).hasSize(11);
  }

  @Test
  void aFileThatChangesIsReadAgain() throws IOException {
    Path file = file("x.so", library());
    String before = PluginFingerprint.of(file);
    Files.write(file, new byte[SIZE]);
    Files.setLastModifiedTime(file, FileTime.from(Instant.parse("2020-01-01T00:00:00Z")));
    assertThat(PluginFingerprint.of(file)).isNotEqualTo(before);
  }

  @Test
  void aFileThatStaysIsReadOnce() throws IOException {
    Path file = file("x.so", library());
    FileTime time = Files.getLastModifiedTime(file);
    String before = PluginFingerprint.of(file);
    // What only a second reading could notice.
    Files.write(file, new byte[SIZE]);
    Files.setLastModifiedTime(file, time);
    assertThat(PluginFingerprint.of(file)).isEqualTo(before);
  }

  @Test
  void aLocationTellsItsLibrarys() throws IOException {
    Path file = file("x.so", library());
    assertThat(new PluginLocation("x", file, Origin.CACHE).fingerprint())
        .isEqualTo(PluginFingerprint.of(file));
  }

  @Test
  void aFileThatIsNotThereIsNamed() {
    Path missing = folder.resolve("missing.so");
    PluginException refused =
        assertThrows(PluginException.class, () -> PluginFingerprint.of(missing));
    assertThat(refused).hasMessageThat().startsWith("The plugin " + missing + " cannot be read: ");
  }
}
