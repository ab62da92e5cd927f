package org.hlo4j.internal.pjrt.library;

import static com.google.common.truth.Truth.assertThat;
import static org.junit.jupiter.api.Assertions.assertThrows;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import org.hlo4j.error.PluginException;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Libraries that cannot be loaded are refused with the reason, and none ends the JVM. */
final class SharedLibraryTest {
  private static final String MOUNTS =
      """
      22 1 8:1 / / rw,relatime - ext4 /dev/sda1 rw
      30 22 0:25 / /data rw,nosuid,noexec,relatime shared:5 - tmpfs tmpfs rw
      31 30 0:26 / /data/plain\\040folder rw,relatime shared:6 - tmpfs tmpfs rw
      32 22 0:27 / /twice rw,noexec - tmpfs tmpfs rw
      33 32 0:28 / /twice rw - tmpfs tmpfs rw
      damaged line
      """;

  @TempDir Path folder;

  private String refusal(byte[] bytes) throws IOException {
    Path file = Files.write(folder.resolve("plugin.so"), bytes);
    PluginException refused = assertThrows(PluginException.class, () -> SharedLibrary.load(file));
    String start = file + " cannot be loaded: ";
    assertThat(refused).hasMessageThat().startsWith(start);
    return String.valueOf(refused.getMessage()).substring(start.length());
  }

  @Test
  void aLibraryIsLoaded() throws IOException {
    Path file = Files.write(folder.resolve("plugin.so"), JdkLibrary.zip().bytes());

    assertThat(SharedLibrary.load(file).find("Java_java_util_zip_CRC32_update")).isPresent();
  }

  @Test
  void aLibraryThatIsMissingIsNamed() throws IOException {
    assertThat(refusal(JdkLibrary.zip().renaming("libjava.so", "libjova.so")))
        .isEqualTo("libjova.so: cannot open shared object file: No such file or directory");
  }

  @Test
  void aSymbolThatIsMissingIsNamed() throws IOException {
    assertThat(
            refusal(
                JdkLibrary.zip()
                    .renaming("JNU_ThrowOutOfMemoryError", "JNU_ThrowOutOfMomeryError")))
        .contains("undefined symbol: JNU_ThrowOutOfMomeryError");
  }

  @Test
  void aFileThatWasCutOffAnywhereIsRefused() throws IOException {
    byte[] whole = JdkLibrary.zip().bytes();
    int step = whole.length / 40;
    for (int length = whole.length - 1; length > 64; length -= step) {
      assertThat(refusal(Arrays.copyOf(whole, length)))
          .matches("it is truncated: .* at byte \\d+, but the file has " + length + " bytes");
    }
    assertThat(refusal(Arrays.copyOf(whole, 63)))
        .isEqualTo("it is truncated: its header ends at byte 64, but the file has 63 bytes");
    assertThat(refusal(new byte[0])).isEqualTo("it is an empty file");
  }

  @Test
  void aFileWithZerosForWhatWasNotYetWrittenIsRefused() throws IOException {
    byte[] whole = JdkLibrary.zip().bytes();
    byte[] partly = Arrays.copyOf(Arrays.copyOf(whole, whole.length / 2), whole.length);

    assertThat(refusal(partly))
        .isEqualTo("it is damaged: its dynamic section has no symbol tables");
    assertThat(refusal(new byte[4096]))
        .isEqualTo("it is not a shared library: it does not begin as an ELF file does");
    assertThat(refusal(Arrays.copyOf(Arrays.copyOf(whole, 64), whole.length)))
        .isEqualTo("it is damaged: it has no dynamic section");
  }

  private String changed(int place, int value) throws IOException {
    byte[] bytes = JdkLibrary.zip().bytes();
    bytes[place] = (byte) value;
    return refusal(bytes);
  }

  @Test
  void aLibraryForAnotherMachineIsRefused() throws IOException {
    assertThat(changed(4, 1)).isEqualTo("it is a 32-bit library, but this JVM is a 64-bit process");
    assertThat(changed(5, 2))
        .isEqualTo("it is a big-endian library, but this machine is little-endian");
    Path file = Files.write(folder.resolve("plugin.so"), JdkLibrary.zip().bytes());
    int machine = Files.readAllBytes(file)[18] & 0xff;
    String other = machine == 62 ? "aarch64" : "amd64";
    assertThat(ElfFile.problem(file, other))
        .isEqualTo(
            Optional.of(
                "it is built for another processor: its ELF machine is %s, but %s is %s"
                    .formatted(machine, other, machine == 62 ? 183 : 62)));
    assertThat(ElfFile.problem(file, "not known")).isEmpty();
  }

  @Test
  void otherElfFilesAreRefused() throws IOException {
    assertThat(changed(16, 1))
        .isEqualTo("it is an ELF file of type 1; a shared library has type 3");
    assertThat(changed(56, 0))
        .isEqualTo("it is damaged: it has no program headers, or their size is wrong");
    assertThat(changed(39, 0x80))
        .isEqualTo("it is damaged: its program headers end beyond any file");
    assertThat(changed(58, 1)).isEqualTo("it is damaged: its section headers have another size");
  }

  @Test
  void aMountThatForbidsExecutionIsNamed() {
    Mounts mounts = new Mounts(MOUNTS.lines().toList());

    assertThat(mounts.noExecMountOf(Path.of("/data/x/plugin.so")))
        .isEqualTo(Optional.of(Path.of("/data")));
    assertThat(mounts.noExecMountOf(Path.of("/data/plain folder/plugin.so"))).isEmpty();
    assertThat(mounts.noExecMountOf(Path.of("/database/plugin.so"))).isEmpty();
    assertThat(mounts.noExecMountOf(Path.of("/twice/plugin.so"))).isEmpty();
    assertThat(SharedLibrary.explained(Path.of("/data/plugin.so"), "failed to map", mounts))
        .isEqualTo(
            "failed to map\n/data is mounted with the option noexec, so that no library can be"
                + " loaded from there. Put the plugin on another file system: set XDG_CACHE_HOME to"
                + " a folder there and fetch it again, or copy it and set"
                + " PJRT_PLUGIN_LIBRARY_PATH to the copy");
    assertThat(SharedLibrary.explained(Path.of("/usr/plugin.so"), "failed", mounts))
        .isEqualTo("failed");
    assertThat(new Mounts(List.of()).noExecMountOf(Path.of("/data/plugin.so"))).isEmpty();
  }
}
