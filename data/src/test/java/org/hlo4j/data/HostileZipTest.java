package org.hlo4j.data;

import static com.google.common.truth.Truth.assertThat;
import static org.junit.jupiter.api.Assertions.assertThrows;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.Locale;
import java.util.zip.CRC32;
import java.util.zip.ZipEntry;
import java.util.zip.ZipOutputStream;
import org.jspecify.annotations.NullUnmarked;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** An .npz that lies, or that tries more than to be read. */
@NullUnmarked
final class HostileZipTest {
  private static final int CENTRAL = 0x02014b50;
  private static final int END = 0x06054b50;

  private static byte[] member(float... values) {
    String header =
        String.format(
            Locale.ROOT,
            "{'descr': '<f4', 'fortran_order': False, 'shape': (%d,), }",
            values.length);
    ByteBuffer bytes =
        ByteBuffer.allocate(10 + header.length() + 4 * values.length)
            .order(ByteOrder.LITTLE_ENDIAN);
    bytes.put(new byte[] {(byte) 0x93, 'N', 'U', 'M', 'P', 'Y', 1, 0});
    bytes.putShort((short) header.length()).put(header.getBytes(StandardCharsets.US_ASCII));
    for (float value : values) {
      bytes.putFloat(value);
    }
    return bytes.array();
  }

  private static byte[] zip(int method, String name, byte[] content) throws IOException {
    ByteArrayOutputStream out = new ByteArrayOutputStream();
    try (ZipOutputStream zip = new ZipOutputStream(out, StandardCharsets.UTF_8)) {
      ZipEntry entry = new ZipEntry(name);
      entry.setMethod(method);
      if (method == ZipEntry.STORED) {
        CRC32 crc = new CRC32();
        crc.update(content);
        entry.setSize(content.length);
        entry.setCrc(crc.getValue());
      }
      zip.putNextEntry(entry);
      zip.write(content);
      zip.closeEntry();
    }
    return out.toByteArray();
  }

  private static byte[] stored() throws IOException {
    return zip(ZipEntry.STORED, "x.npy", member(1, 2, 3));
  }

  private static byte[] deflated() throws IOException {
    return zip(ZipEntry.DEFLATED, "x.npy", member(1, 2, 3));
  }

  /** Where a signature stands last. */
  private static int at(byte[] file, int signature) {
    ByteBuffer bytes = ByteBuffer.wrap(file).order(ByteOrder.LITTLE_ENDIAN);
    for (int at = file.length - 4; at >= 0; at--) {
      if (bytes.getInt(at) == signature) {
        return at;
      }
    }
    throw new AssertionError("no such signature");
  }

  private static byte[] withInt(byte[] file, int at, int value) {
    ByteBuffer.wrap(file).order(ByteOrder.LITTLE_ENDIAN).putInt(at, value);
    return file;
  }

  private static byte[] withShort(byte[] file, int at, int value) {
    ByteBuffer.wrap(file).order(ByteOrder.LITTLE_ENDIAN).putShort(at, (short) value);
    return file;
  }

  private static String refusal(byte[] file) {
    return assertThrows(
            FileFormatException.class,
            () -> Resources.open("x.npz", file).tensors().values().forEach(FileTensor::segment))
        .getMessage();
  }

  @Test
  void whatJavaWritesIsRead() throws IOException {
    for (byte[] file : new byte[][] {stored(), deflated()}) {
      assertThat(Resources.open("x.npz", file).tensor("x").toHostTensor().toArray())
          .isEqualTo(new float[] {1, 2, 3});
    }
  }

  @Test
  void aCommentAtTheEndIsRead() throws IOException {
    byte[] file = stored();
    byte[] longer = Arrays.copyOf(file, file.length + 5);

    assertThat(Resources.open("x.npz", withShort(longer, file.length - 2, 5)).tensors()).hasSize(1);
    assertThat(refusal(Arrays.copyOf(file, file.length + 5))).contains("has trailing data");
  }

  @Test
  void cutArchivesAreRefused() throws IOException {
    byte[] whole = deflated();
    for (int length = 4; length < whole.length; length++) {
      assertThat(refusal(Arrays.copyOf(whole, length))).startsWith("x.npz: ");
    }
  }

  @Test
  void encryptedMembersAreRefused() throws IOException {
    byte[] file = stored();

    assertThat(refusal(withShort(file, at(file, CENTRAL) + 8, 1)))
        .isEqualTo("x.npz: the member x.npy is encrypted");
  }

  @Test
  void otherMethodsAreRefused() throws IOException {
    byte[] file = stored();

    assertThat(refusal(withShort(file, at(file, CENTRAL) + 10, 14)))
        .contains("is compressed by method 14");
  }

  @Test
  void bombsAreRefusedBeforeTheyGoOff() throws IOException {
    byte[] file = deflated();
    assertThat(refusal(withInt(file, at(file, CENTRAL) + 24, Integer.MAX_VALUE)))
        .contains("which cannot inflate to 2147483647");

    byte[] more = deflated();
    int size = at(more, CENTRAL) + 24;
    assertThat(refusal(withInt(more, size, member(1, 2, 3).length - 4)))
        .startsWith("x.npz, member x.npy: ");
    byte[] fewer = deflated();
    assertThat(refusal(withInt(fewer, size, member(1, 2, 3).length + 4)))
        .startsWith("x.npz, member x.npy: ");
  }

  @Test
  void aHonestBombGoesOffOnlyWhenItIsAskedFor() throws IOException {
    byte[] zeros = member(new float[4_000_000]);

    FileTensor tensor = Resources.open("x.npz", zip(ZipEntry.DEFLATED, "x.npy", zeros)).tensor("x");
    assertThat(tensor.shape().toString()).isEqualTo("tensor<4000000xf32>");
    assertThat(tensor.segment().byteSize()).isEqualTo(16_000_000);
  }

  @Test
  void wrongChecksumsAreRefused() throws IOException {
    byte[] file = deflated();

    assertThat(refusal(withInt(file, at(file, CENTRAL) + 16, 7)))
        .contains("the compressed bytes are damaged: its checksum is ");
  }

  @Test
  void damagedBytesAreRefused() throws IOException {
    byte[] file = deflated();
    file[40] ^= 0x55;

    assertThat(refusal(file)).startsWith("x.npz, member x.npy: ");
  }

  @Test
  void bothHeadersOfAMemberHaveToAgree() throws IOException {
    for (int[] change : new int[][] {{0, 7}, {6, 1}, {8, 8}, {30, 'y'}}) {
      byte[] file = stored();
      assertThat(refusal(withShort(file, change[0], change[1]))).startsWith("x.npz: ");
    }
  }

  @Test
  void sizesAndPlacesBeyondTheFileAreRefused() throws IOException {
    for (int field : new int[] {20, 24, 28, 30, 32, 42}) {
      byte[] file = stored();
      assertThat(refusal(withInt(file, at(file, CENTRAL) + field, 0x7FFFFFF0))).startsWith("x.npz");
    }
    for (int field : new int[] {4, 6, 8, 10, 12, 16}) {
      byte[] file = stored();
      assertThat(refusal(withInt(file, at(file, END) + field, 0x7FFFFFF0))).startsWith("x.npz");
    }
  }

  @Test
  void membersThatOverlapAreRefused() throws IOException {
    ByteArrayOutputStream out = new ByteArrayOutputStream();
    byte[] file = stored();
    int central = at(file, CENTRAL);
    int end = at(file, END);
    out.write(file, 0, central);
    out.write(file, central, end - central);
    out.write(file, central, end - central);
    out.write(file, end, file.length - end);
    byte[] twice = out.toByteArray();
    int newEnd = at(twice, END);
    withShort(withShort(twice, newEnd + 8, 2), newEnd + 10, 2);

    assertThat(refusal(withInt(twice, newEnd + 12, 2 * (end - central))))
        .isEqualTo("x.npz: the member x.npy overlaps the next one");
  }

  @ParameterizedTest
  @ValueSource(
      strings = {"../x.npy", "/x.npy", "a/../x.npy", "a\\x.npy", "a\nx.npy", "x.txt", "x/"})
  void namesThatAreNoneAreRefused(String name) throws IOException {
    assertThat(refusal(zip(ZipEntry.STORED, name, member(1)))).startsWith("x.npz: ");
  }

  @Test
  void whatPyTorchSavesIsNamed() throws IOException {
    assertThat(refusal(zip(ZipEntry.STORED, "archive/data.pkl", new byte[4])))
        .isEqualTo(
            "x.npz: the member archive/data.pkl is not an .npy; this is PyTorch's own format, which"
                + " only Python can read: save the weights with safetensors.torch.save_file");
  }

  @Test
  void membersThatAreNoArraysAreRefused() throws IOException {
    assertThat(refusal(zip(ZipEntry.STORED, "x.npy", new byte[200])))
        .isEqualTo("x.npz, member x.npy: it does not start like an .npy file");
    assertThat(refusal(zip(ZipEntry.DEFLATED, "x.npy", new byte[200])))
        .isEqualTo("x.npz, member x.npy: it does not start like an .npy file");
  }
}
