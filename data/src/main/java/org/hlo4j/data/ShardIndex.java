package org.hlo4j.data;

import java.io.IOException;
import java.lang.foreign.ValueLayout;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/**
 * Reads the index of a model in several safetensors files, {@code model.safetensors.index.json}: a
 * JSON map from tensors to files in the same folder.
 */
final class ShardIndex {
  private static final String WEIGHT_MAP = "weight_map";

  /** The last byte of a safetensors header's length, which is 0 in any valid file. */
  private static final int LENGTH_END = 7;

  private final String name;
  private final Path path;
  private final Map<String, String> fileOf = new LinkedHashMap<>();
  private final Map<String, TensorFile> files = new LinkedHashMap<>();

  private ShardIndex(String name, Path path) {
    this.name = name;
    this.path = path;
  }

  /** Returns whether a file is an index rather than a safetensors file. */
  static boolean isOne(Bytes bytes) {
    return bytes.startsWith((byte) '{')
        && bytes.size() > LENGTH_END
        && bytes.unsignedByte(LENGTH_END, "the beginning") != 0;
  }

  /**
   * Opens all files of an index as one.
   *
   * @throws IOException if a file cannot be opened
   * @throws FileFormatException if the index is invalid, or a file lacks a tensor
   */
  static TensorFile open(Path path, Bytes bytes) throws IOException {
    ShardIndex index = new ShardIndex(bytes.file(), path);
    byte[] json = bytes.slice(0, bytes.size(), "the index").toArray(ValueLayout.JAVA_BYTE);
    return index.read(Utf8.decode(bytes.file(), "the index", json));
  }

  private TensorFile read(String json) throws IOException {
    boolean unused =
        StrictJson.read(
            name,
            "the index",
            json,
            reader -> {
              reader.object("the index", key -> readMember(reader, key));
              return true;
            });
    if (fileOf.isEmpty()) {
      throw new FileFormatException(name, "the index has no %s", WEIGHT_MAP);
    }
    List<FileTensor> tensors = new ArrayList<>();
    for (Map.Entry<String, String> entry : fileOf.entrySet()) {
      FileTensor tensor = file(entry.getValue()).tensors().get(entry.getKey());
      if (tensor == null) {
        String form = "%s has no tensor %s, although the index lists it";
        throw new FileFormatException(name, form, entry.getValue(), entry.getKey());
      }
      tensors.add(tensor);
    }
    return new TensorFile(name, tensors, files.values().iterator().next().metadata());
  }

  private void readMember(StrictJson json, String key) throws IOException {
    if (!key.equals(WEIGHT_MAP)) {
      json.skip();
      return;
    }
    json.object(
        WEIGHT_MAP,
        tensor -> {
          String file = json.string("the file of " + tensor);
          if (!isPlain(file)) {
            throw json.refusal(
                "%s of %s is not the name of a file in the same folder".formatted(file, tensor));
          }
          if (fileOf.put(tensor, file) != null) {
            throw json.refusal("the name %s is duplicated".formatted(tensor));
          }
        });
  }

  /** Returns whether a name stays within the folder. */
  private static boolean isPlain(String file) {
    return file.matches("[^/\\\\:\\p{Cntrl}]+") && !file.equals(".") && !file.equals("..");
  }

  private TensorFile file(String file) throws IOException {
    TensorFile known = files.get(file);
    if (known == null) {
      try {
        known = TensorFile.openOne(path.resolveSibling(file));
      } catch (NoSuchFileException e) {
        throw new FileFormatException(
            name, "the index names %s, but there is no such file in its folder", file);
      }
      files.put(file, known);
    }
    return known;
  }
}
