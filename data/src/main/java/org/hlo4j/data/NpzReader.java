package org.hlo4j.data;

import java.lang.foreign.MemorySegment;
import java.util.List;
import org.hlo4j.data.internal.write.NpzWriter;

/** Reads NumPy's .npz: a ZIP archive whose members are .npy files. */
final class NpzReader {
  private NpzReader() {}

  static List<FileTensor> read(Bytes bytes) {
    return ZipDirectory.read(bytes).stream().map(member -> tensor(bytes, member)).toList();
  }

  private static FileTensor tensor(Bytes archive, ZipDirectory.Member member) {
    checkName(archive, member.name());
    String file = archive.file() + ", member " + member.name();
    String name = member.name().substring(0, member.name().length() - NpzWriter.ENDING.length());
    if (!member.deflated()) {
      return NpyReader.read(name, new Bytes(file, member.stored()));
    }
    Inflation inflation = new Inflation(file, member);
    Bytes head = new Bytes(file, MemorySegment.ofArray(inflation.head(NpyHeader.LARGEST)));
    return NpyReader.read(name, head, member.size(), inflation::whole);
  }

  /** Names do not become paths here, but such names indicate an attack. */
  private static void checkName(Bytes archive, String name) {
    if (!name.endsWith(NpzWriter.ENDING)) {
      throw archive.refusal(
          "the member %s is not an .npy%s"
              .formatted(
                  name,
                  name.endsWith(".pkl")
                      ? "; this is PyTorch's own format, which only Python can read: save the"
                          + " weights with safetensors.torch.save_file"
                      : ""));
    }
    if (!NpzWriter.isName(name)) {
      throw archive.refusal("a tensor may not be named " + name);
    }
  }
}
