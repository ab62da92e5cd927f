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
 * A file of named tensors: NumPy's {@code .npy}, which has one, and {@code .npz}, or safetensors.
 * Which it is, its first bytes say. Immutable; safe for use by many threads.
 *
 * <pre>{@code
 * TensorFile file = TensorFile.open(Path.of("params.safetensors"));
 * System.out.println(file);                                              // names and shapes
 * DeviceBuffer<W1> w1 = file.tensor("w1").put(device, W1.class);         // the file's own pages
 * }</pre>
 *
 * <p>A file is mapped, not read: opening one of any size costs what its header does. There is
 * nothing to close. The mapping stays as long as a {@link FileTensor}, its segment, or a device's
 * buffer over it can be reached, and goes with the last of them. The file may be deleted or
 * replaced by another meanwhile, as {@link TensorWriter} does it; but whoever writes into it, or
 * cuts it short, changes or takes away memory that a device computes with, and can crash the
 * process.
 *
 * <p>What is not as the format demands is refused with {@link FileFormatException}, before anything
 * is allocated for it. Nothing in a file is executed, and no name in it becomes a path.
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
   * Maps a file into memory; what comes through a pipe is read. Of a model in several safetensors
   * files, open the index, such as {@code model.safetensors.index.json}: it has the tensors of all.
   *
   * @throws IOException if it cannot be opened or mapped
   * @throws FileFormatException if it is none of the formats, or not as its format demands
   */
  public static TensorFile open(Path path) throws IOException {
    Bytes bytes = bytes(path);
    return ShardIndex.isOne(bytes) ? ShardIndex.open(path, bytes) : of(bytes);
  }

  /** Opens a file that holds its tensors itself. */
  static TensorFile openOne(Path path) throws IOException {
    return of(bytes(path));
  }

  private static Bytes bytes(Path path) throws IOException {
    String name = String.valueOf(path.getFileName());
    if (Files.exists(path) && !Files.isRegularFile(path) && !Files.isDirectory(path)) {
      // A pipe has no pages to map.
      try (InputStream stream = Files.newInputStream(path)) {
        return bytes(name, stream);
      }
    }
    try (FileChannel channel = FileChannel.open(path)) {
      // Whoever could close the mapping could take it from under a device that reads it.
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
   * @param name what messages call it
   * @throws IOException if the stream cannot be read
   * @throws FileFormatException as {@link #open} does
   */
  public static TensorFile read(String name, InputStream stream) throws IOException {
    Bytes bytes = bytes(name, stream);
    if (ShardIndex.isOne(bytes)) {
      throw new FileFormatException(
          name, "it is the index of several files; open it where they lie, by its path");
    }
    return of(bytes);
  }

  /** Of a file whose bytes are in memory. */
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

  /** A writer of files, with no tensor yet. */
  public static TensorWriter writer() {
    return new TensorWriter();
  }

  /** The file's name, as messages say it. */
  public String name() {
    return name;
  }

  /** Whether the file is an {@code .npy}, whose one tensor is named after the file. */
  public boolean isNpy() {
    return npy;
  }

  /** The tensors by their names, in the file's order. */
  public Map<String, FileTensor> tensors() {
    return tensors;
  }

  /**
   * The tensor of a name. In an {@code .npz} that is the name without its {@code .npy}; in an
   * {@code .npy} the file's own without its ending.
   *
   * @throws ArgumentException if there is none; the message says which there are
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
   * The one tensor that is in the file.
   *
   * @throws ArgumentException if there is none, or more
   */
  public FileTensor only() {
    if (tensors.size() != 1) {
      throw new ArgumentException(
          "%s has %s tensors, and not one: %s".formatted(name, tensors.size(), tensors.keySet()));
    }
    return tensors.values().iterator().next();
  }

  /** The text that a safetensors file has about itself; empty in other formats. */
  public Map<String, String> metadata() {
    return metadata;
  }

  /** The name, and a line for each tensor. */
  @Override
  public String toString() {
    StringBuilder text = new StringBuilder(name);
    for (FileTensor tensor : tensors.values()) {
      text.append(System.lineSeparator()).append("  ").append(tensor);
    }
    return text.toString();
  }
}
