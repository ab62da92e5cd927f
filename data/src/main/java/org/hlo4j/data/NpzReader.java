package org.hlo4j.data;

import java.lang.foreign.MemorySegment;
import java.util.List;

/** Reads NumPy's .npz: a ZIP archive whose members are .npy files. */
final class NpzReader {
  static final String ENDING = ".npy";

  private NpzReader() {}

  static List<FileTensor> read(Bytes bytes) {
    return ZipDirectory.read(bytes).stream().map(member -> tensor(bytes, member)).toList();
  }

  private static FileTensor tensor(Bytes archive, ZipMember member) {
    checkName(archive, member.name());
    String file = archive.file() + ", member " + member.name();
    String name = member.name().substring(0, member.name().length() - ENDING.length());
    if (!member.deflated()) {
      Bytes bytes = new Bytes(file, member.stored());
      checkMagic(bytes);
      return NpyReader.read(name, bytes);
    }
    Inflation inflation = new Inflation(file, member);
    Bytes head = new Bytes(file, MemorySegment.ofArray(inflation.head(NpyHeader.LARGEST)));
    checkMagic(head);
    return NpyReader.read(name, head, member.size(), inflation::whole);
  }

  /** Names become no paths here, but whoever makes such names is up to something. */
  private static void checkName(Bytes archive, String name) {
    if (!name.endsWith(ENDING)) {
      throw archive.refusal(
          "the member %s is no .npy%s"
              .formatted(
                  name,
                  name.endsWith(".pkl")
                      ? "; this is PyTorch's own format, which only Python can read: save the"
                          + " weights with safetensors.torch.save_file"
                      : ""));
    }
    if (!isName(name)) {
      throw archive.refusal("no tensor is named " + name);
    }
  }

  /** Whether a name leads nowhere if somebody should unpack the archive. */
  static boolean isName(String name) {
    return !name.startsWith("/")
        && !List.of(name.split("/", -1)).contains("..")
        && name.chars().noneMatch(c -> c == '\\' || Character.isISOControl(c));
  }

  private static void checkMagic(Bytes bytes) {
    if (!bytes.startsWith(
        (byte) 0x93, (byte) 'N', (byte) 'U', (byte) 'M', (byte) 'P', (byte) 'Y')) {
      throw bytes.refusal("it does not begin as an .npy does");
    }
  }
}
