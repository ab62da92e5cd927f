package org.hlo4j.data;

import java.io.IOException;
import java.io.InputStream;
import java.lang.foreign.Arena;
import java.lang.foreign.MemorySegment;
import java.nio.channels.FileChannel;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.hlo4j.data.internal.element.NativeCopy;
import org.hlo4j.error.ArgumentException;
import org.hlo4j.internal.text.NameSuggestion;

/**
 * A file of named tensors: NumPy's {@code .npy} (one tensor) or {@code .npz}, or safetensors. The
 * format is detected from the first bytes. Immutable; safe for use by multiple threads.
 *
 * <pre>{@code
 * TensorFile file = TensorFile.open(Path.of("params.safetensors"));
 * System.out.println(file);                                              // names and shapes
 * DeviceBuffer<W1> w1 = file.tensor("w1").put(device, W1.class);         // the file's own pages
 * }</pre>
 *
 * <p>Files are memory-mapped: opening one only reads its header. There is nothing to close; the
 * mapping is released once no {@link FileTensor}, segment, or device buffer over it is reachable.
 * Meanwhile the file may be deleted or replaced, as {@link TensorWriter} does. Modifying or
 * truncating it in place changes or unmaps memory in use by a device and can crash the process.
 *
 * <p>Malformed files are rejected with {@link FileFormatException} before memory is allocated for
 * their contents. Nothing in a file is executed, and names in it are not used as paths.
 */
public final class TensorFile {
  private static final byte[] ZIP = {'P', 'K', 3, 4};
  private static final byte[] EMPTY_ZIP = {'P', 'K', 5, 6};

  private final String name;
  private final Map<String, FileTensor> tensors;
  private final Map<String, String> metadata;
  private final boolean npy;

  TensorFile(String name, List<FileTensor> tensors, Map<String, String> metadata) {
    this(name, tensors, metadata, false);
  }

  private TensorFile(
      String name, List<FileTensor> tensors, Map<String, String> metadata, boolean npy) {
    Map<String, FileTensor> byName = new LinkedHashMap<>();
    for (FileTensor tensor : tensors) {
      if (byName.putIfAbsent(tensor.name(), tensor) != null) {
        throw new FileFormatException(name, "there are two tensors named " + tensor.name());
      }
    }
    this.name = name;
    this.tensors = Collections.unmodifiableMap(byName);
    this.metadata = Collections.unmodifiableMap(metadata);
    this.npy = npy;
  }

  /**
   * Maps a file into memory; a pipe is read instead. For a model in several safetensors files, open
   * the index, such as {@code model.safetensors.index.json}, to get all tensors.
   *
   * @throws IOException if the file cannot be opened or mapped
   * @throws FileFormatException if the file is in another format or malformed
   */
  public static TensorFile open(Path path) throws IOException {
    Bytes bytes = bytes(path);
    return ShardIndex.isOne(bytes) ? ShardIndex.open(path, bytes) : of(bytes);
  }

  /** Opens a file that contains tensors, and not an index. */
  static TensorFile openOne(Path path) throws IOException {
    return of(bytes(path));
  }

  private static Bytes bytes(Path path) throws IOException {
    String name = String.valueOf(path.getFileName());
    if (Files.exists(path) && !Files.isRegularFile(path) && !Files.isDirectory(path)) {
      // A pipe cannot be mapped.
      try (InputStream stream = Files.newInputStream(path)) {
        return bytes(name, stream);
      }
    }
    try (FileChannel channel = FileChannel.open(path)) {
      // The arena cannot be closed, since a device may be reading the mapping.
      return new Bytes(
          name, channel.map(FileChannel.MapMode.READ_ONLY, 0, channel.size(), Arena.ofAuto()));
    }
  }

  private static Bytes bytes(String name, InputStream stream) throws IOException {
    MemorySegment bytes = MemorySegment.ofArray(stream.readAllBytes());
    return new Bytes(name, NativeCopy.allocate(bytes.byteSize()).copyFrom(bytes));
  }

  /**
   * Reads a file from a stream to its end, such as a resource of a jar. It may have up to 2^31
   * bytes; the stream stays open.
   *
   * @param name the name for messages
   * @throws IOException if the stream cannot be read
   * @throws FileFormatException as {@link #open} does
   */
  public static TensorFile read(String name, InputStream stream) throws IOException {
    Bytes bytes = bytes(name, stream);
    if (ShardIndex.isOne(bytes)) {
      throw new FileFormatException(
          name, "it is an index of several files; open it by its path, beside those files");
    }
    return of(bytes);
  }

  /** Opens a file whose bytes are in memory. */
  static TensorFile of(String name, MemorySegment memory) {
    return of(new Bytes(name, memory));
  }

  private static TensorFile of(Bytes bytes) {
    String name = bytes.file();
    if (bytes.startsWith(NpyReader.MAGIC)) {
      int dot = name.lastIndexOf('.');
      String tensor = dot > 0 ? name.substring(0, dot) : name;
      return new TensorFile(name, List.of(NpyReader.read(tensor, bytes)), Map.of(), true);
    }
    if (bytes.startsWith(ZIP) || bytes.startsWith(EMPTY_ZIP)) {
      return new TensorFile(name, NpzReader.read(bytes), Map.of());
    }
    return SafeTensorsReader.read(bytes);
  }

  /** Creates a writer without tensors. */
  public static TensorWriter writer() {
    return new TensorWriter();
  }

  /** Returns the file's name in messages. */
  public String name() {
    return name;
  }

  /** Returns whether the file is an {@code .npy}, whose one tensor is named after the file. */
  public boolean isNpy() {
    return npy;
  }

  /** Returns the tensors by their names, in the file's order. */
  public Map<String, FileTensor> tensors() {
    return tensors;
  }

  /**
   * Returns a tensor by name. In an {@code .npz} it is the member's name without {@code .npy}; in
   * an {@code .npy} the file's name without its extension.
   *
   * @throws ArgumentException if there is none; the message lists the tensors
   */
  public FileTensor tensor(String name) {
    FileTensor tensor = tensors.get(name);
    if (tensor == null) {
      throw new ArgumentException(
          "%s has no tensor %s%s It has %s"
              .formatted(
                  this.name, name, hint(name), tensors.isEmpty() ? "none" : tensors.keySet()));
    }
    return tensor;
  }

  private String hint(String name) {
    String hint = NameSuggestion.didYouMean(name, tensors.keySet());
    return hint.isEmpty() ? "." : hint;
  }

  /**
   * Returns the only tensor in the file.
   *
   * @throws ArgumentException if there is not exactly one
   */
  public FileTensor only() {
    if (tensors.size() != 1) {
      throw new ArgumentException(
          "%s has %s tensors, not one: %s".formatted(name, tensors.size(), tensors.keySet()));
    }
    return tensors.values().iterator().next();
  }

  /** Returns the metadata of a safetensors file; empty for other formats. */
  public Map<String, String> metadata() {
    return metadata;
  }

  /** Returns the name, and a line for each tensor. */
  @Override
  public String toString() {
    StringBuilder text = new StringBuilder(name);
    for (FileTensor tensor : tensors.values()) {
      text.append(System.lineSeparator()).append("  ").append(tensor);
    }
    return text.toString();
  }
}
