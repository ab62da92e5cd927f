package org.hlo4j.data;

import static com.google.common.truth.Truth.assertThat;

import java.io.ByteArrayOutputStream;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.List;
import net.jqwik.api.Arbitraries;
import net.jqwik.api.Arbitrary;
import net.jqwik.api.Combinators;
import net.jqwik.api.EdgeCasesMode;
import net.jqwik.api.ForAll;
import net.jqwik.api.GenerationMode;
import net.jqwik.api.Property;
import net.jqwik.api.Provide;
import net.jqwik.api.Tuple;
import net.jqwik.api.statistics.Statistics;
import org.jspecify.annotations.NullUnmarked;

/** Whatever happens to a file: it is read, or refused with the one exception. */
@NullUnmarked
final class MutantFilesTest {
  private static final List<String> FILES =
      List.of(
          "float32.npy",
          "fortran.npy",
          "big_complex64.npy",
          "fields.npy",
          "version3.npy",
          "stored.npz",
          "deflated.npz",
          "none.npz",
          "plain.safetensors",
          "narrow.safetensors");

  /** Texts that headers are made of. */
  private static final List<String> TEXTS =
      List.of(
          "<",
          ">f8",
          "|O",
          "(",
          "[",
          "{",
          "}",
          "'",
          "\"",
          ",",
          ":",
          "True",
          "-1",
          "0",
          "00",
          "1e9",
          "9223372036854775807",
          "99999999999999999999",
          "\"F4\"",
          "\"C64\"",
          "\\ud800",
          "\\x00",
          "PK\u0001\u0002",
          "PK\u0003\u0004",
          "PK\u0005\u0006",
          "\u00ff\u00ff\u00ff\u00ff");

  /** A change of a file; the numbers say where, and with what. */
  record Change(int kind, int where, int what) {
    byte[] apply(byte[] file) {
      int at = file.length == 0 ? 0 : Math.floorMod(where, file.length + 1);
      int to = at + Math.floorMod(what, Math.max(1, Math.min(64, file.length - at + 1)));
      byte[] value = {(byte) what};
      return switch (kind) {
        case 0 -> replace(file, at, Math.min(at + 1, file.length), value);
        case 1 -> replace(file, at, Math.min(at + 1, file.length), flipped(file, at));
        case 2 -> replace(file, at, at, value);
        case 3 -> replace(file, at, Math.min(to, file.length), new byte[0]);
        case 4 -> replace(file, at, at, Arrays.copyOfRange(file, at, Math.min(to, file.length)));
        case 5 -> Arrays.copyOf(file, at);
        default -> {
          byte[] text =
              TEXTS.get(Math.floorMod(what, TEXTS.size())).getBytes(StandardCharsets.ISO_8859_1);
          yield replace(file, at, Math.min(at + text.length, file.length), text);
        }
      };
    }

    private byte[] flipped(byte[] file, int at) {
      return at == file.length ? new byte[0] : new byte[] {(byte) (file[at] ^ (1 << (what & 7)))};
    }

    private static byte[] replace(byte[] file, int from, int to, byte[] by) {
      ByteArrayOutputStream out = new ByteArrayOutputStream();
      out.write(file, 0, from);
      out.writeBytes(by);
      out.write(file, to, file.length - to);
      return out.toByteArray();
    }
  }

  @Provide
  Arbitrary<byte[]> files() {
    return Arbitraries.of(FILES).map(Resources::python);
  }

  /** Most changes are near the ends, where a file says what it is. */
  @Provide
  Arbitrary<List<Change>> changes() {
    Arbitrary<Integer> places =
        Arbitraries.frequencyOf(
            Tuple.of(2, Arbitraries.integers().between(0, 300)),
            Tuple.of(2, Arbitraries.integers().between(-500, -1)),
            Tuple.of(2, Arbitraries.integers().between(0, 1 << 20)));
    return Combinators.combine(
            Arbitraries.integers().between(0, 7),
            places,
            Arbitraries.integers().between(0, 1 << 20))
        .as(Change::new)
        .list()
        .ofMinSize(1)
        .ofMaxSize(2);
  }

  @Property(seed = "44", generation = GenerationMode.RANDOMIZED, edgeCases = EdgeCasesMode.NONE)
  void aMutantIsReadOrRefused(
      @ForAll("files") byte[] file, @ForAll("changes") List<Change> changes) {
    byte[] mutant = file;
    for (Change change : changes) {
      mutant = change.apply(mutant);
    }
    check(mutant);
  }

  private static void check(byte[] mutant) {
    String outcome = outcome(mutant);
    assertThat(outcome).isNotEmpty();
    Statistics.collect(outcome);
  }

  private static String outcome(byte[] mutant) {
    try {
      for (FileTensor tensor : Resources.open("x", mutant).tensors().values()) {
        assertThat(tensor.toString()).isNotEmpty();
        if (tensor.isReadable()) {
          assertThat(tensor.segment().byteSize()).isEqualTo(tensor.shape().byteSize());
        }
      }
      return "read";
    } catch (FileFormatException e) {
      assertThat(e).hasMessageThat().startsWith("x");
      return "refused";
    }
  }
}
