package org.hlo4j.data;

import java.io.IOException;
import java.lang.foreign.MemorySegment;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.hlo4j.HostTensor;
import org.hlo4j.Tensor;
import org.hlo4j.data.internal.write.NewFile;
import org.hlo4j.data.internal.write.NpyWriter;
import org.hlo4j.data.internal.write.NpzWriter;
import org.hlo4j.data.internal.write.SafeTensorsWriter;
import org.hlo4j.data.internal.write.Source;
import org.hlo4j.error.ArgumentException;
import org.hlo4j.error.BufferStateException;
import org.hlo4j.type.Shape;

/**
 * Writes tensors to a file for NumPy or Python's safetensors package.
 *
 * <pre>{@code
 * TensorFile.writer()
 *     .add("w1", params.w1())                  // a tensor on a device, in host memory, or in a file
 *     .add("b1", params.b1())
 *     .metadata("steps", "660")
 *     .write(Path.of("params.safetensors"));   // or params.npz; or w1.npy, for one tensor
 * }</pre>
 *
 * <p>The file is replaced atomically by renaming a temporary file, so mappings of the old one stay
 * valid. Tensors of {@code bf16}, and of types narrower than 16 bits except {@code i8} and {@code
 * ui8}, are written to NumPy's formats as raw bytes ({@code V2}, {@code V1}), as by {@code
 * np.save}; {@code array.view(ml_dtypes.bfloat16)} restores their type.
 *
 * <p>Not thread-safe.
 */
public final class TensorWriter {
  private final Map<String, Source> sources = new LinkedHashMap<>();
  private final Map<String, String> metadata = new LinkedHashMap<>();

  TensorWriter() {}

  /**
   * Adds a tensor, which is read when the file is written.
   *
   * @return this writer
   * @throws ArgumentException if there is already a tensor with this name
   */
  public TensorWriter add(String name, Tensor<?> tensor) {
    return add(Source.of(name, tensor));
  }

  /** Adds a tensor in host memory, like {@link #add(String, Tensor)}. */
  public TensorWriter add(String name, HostTensor<?> tensor) {
    return add(new Source(name, tensor.shape(), sink -> sink.accept(tensor.segment())));
  }

  /** Adds a tensor of another file, like {@link #add(String, Tensor)}. */
  public TensorWriter add(String name, FileTensor tensor) {
    return add(new Source(name, tensor.shape(), sink -> sink.accept(tensor.segment())));
  }

  /**
   * Adds elements, dense and row-major, in the machine's byte order.
   *
   * @return this writer
   * @throws ArgumentException if their size differs from the shape's, or there is already a tensor
   *     with this name
   */
  public TensorWriter add(String name, Shape shape, MemorySegment elements) {
    if (elements.byteSize() != shape.byteSize()) {
      throw new ArgumentException(
          "%s: a %s takes %s bytes, not the %s of this MemorySegment"
              .formatted(name, shape, shape.byteSize(), elements.byteSize()));
    }
    return add(new Source(name, shape, sink -> sink.accept(elements)));
  }

  private TensorWriter add(Source source) {
    if (!Utf8.canEncode(source.name())) {
      throw new ArgumentException("A name has an unpaired surrogate: " + source.name());
    }
    if (sources.putIfAbsent(source.name(), source) != null) {
      throw new ArgumentException("A tensor named %s was already added".formatted(source.name()));
    }
    return this;
  }

  /**
   * Adds metadata of the file, which only safetensors supports.
   *
   * @return this writer
   */
  public TensorWriter metadata(String key, String value) {
    metadata.put(key, value);
    return this;
  }

  /**
   * Writes the file in the format of its extension: {@code .npy}, {@code .npz} or {@code
   * .safetensors}. An existing file is replaced atomically, or kept on failure.
   *
   * @throws ArgumentException if the extension is another one, or the format does not support the
   *     tensors: {@code .npy} has exactly one, and safetensors lacks {@code complex<f64>}, {@code
   *     f8E3M4}, {@code f8E4M3}, {@code f8E4M3B11FNUZ}, and integers of 2 and 4 bits
   * @throws BufferStateException if a tensor was closed or donated
   * @throws IOException if the file cannot be written
   */
  public void write(Path path) throws IOException {
    String name = String.valueOf(path.getFileName());
    List<Source> all = List.copyOf(sources.values());
    NewFile.Body body;
    if (name.endsWith(".safetensors")) {
      body = new SafeTensorsWriter(all, metadata);
    } else if (!metadata.isEmpty()) {
      throw new ArgumentException("%s cannot have metadata; only .safetensors can".formatted(name));
    } else if (name.endsWith(".npz")) {
      body = new NpzWriter(all);
    } else if (name.endsWith(".npy")) {
      body = NpyWriter.of(name, all);
    } else {
      throw new ArgumentException("%s must end with .npy, .npz or .safetensors".formatted(name));
    }
    NewFile.write(path, body);
  }
}
