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
 * Writes a file of tensors that NumPy or the safetensors package for Python read.
 *
 * <pre>{@code
 * TensorFile.writer()
 *     .add("w1", params.w1())                  // a tensor on a device, in host memory, or in a file
 *     .add("b1", params.b1())
 *     .metadata("steps", "660")
 *     .write(Path.of("params.safetensors"));   // or params.npz; or w1.npy, for one tensor
 * }</pre>
 *
 * <p>The file is written beside its place and then moved there: whoever has the old one mapped
 * keeps it. Tensors of {@code bf16}, and of the types narrower than 16 bits but for {@code i8} and
 * {@code ui8}, become bare bytes in NumPy's formats ({@code V2}, {@code V1}), as with {@code
 * np.save}: {@code array.view(ml_dtypes.bfloat16)} makes them whole again.
 *
 * <p>Not safe for use by many threads.
 */
public final class TensorWriter {
  private final Map<String, Source> sources = new LinkedHashMap<>();
  private final Map<String, String> metadata = new LinkedHashMap<>();

  TensorWriter() {}

  /**
   * Adds a tensor, which is read when the file is written.
   *
   * @return this writer
   * @throws ArgumentException if there is one of that name
   */
  public TensorWriter add(String name, Tensor<?> tensor) {
    return add(Source.of(name, tensor));
  }

  /** Adds a tensor in host memory, as {@link #add(String, Tensor)} does. */
  public TensorWriter add(String name, HostTensor<?> tensor) {
    return add(new Source(name, tensor.shape(), sink -> sink.accept(tensor.segment())));
  }

  /** Adds a tensor of another file, as {@link #add(String, Tensor)} does. */
  public TensorWriter add(String name, FileTensor tensor) {
    return add(new Source(name, tensor.shape(), sink -> sink.accept(tensor.segment())));
  }

  /**
   * Adds elements, dense and row-major, in the machine's byte order.
   *
   * @return this writer
   * @throws ArgumentException if they have another size than the shape, or there is a tensor of
   *     that name
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
      throw new ArgumentException("A name has half of a character in it: " + source.name());
    }
    if (sources.putIfAbsent(source.name(), source) != null) {
      throw new ArgumentException("There is a tensor named %s already".formatted(source.name()));
    }
    return this;
  }

  /**
   * Adds a text about the file, which only safetensors can have.
   *
   * @return this writer
   */
  public TensorWriter metadata(String key, String value) {
    metadata.put(key, value);
    return this;
  }

  /**
   * Writes the file, in the format that its ending names: {@code .npy}, {@code .npz} or {@code
   * .safetensors}. A file that is there is replaced at once, or, if this fails, left.
   *
   * @throws ArgumentException if the ending is another one, or the format cannot have such tensors:
   *     {@code .npy} has one, and safetensors lacks {@code complex<f64>}, {@code f8E3M4}, {@code
   *     f8E4M3}, {@code f8E4M3B11FNUZ}, and integers of 2 and 4 bits
   * @throws BufferStateException if a tensor was closed or given away
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
      throw new ArgumentException("%s should end with .npy, .npz or .safetensors".formatted(name));
    }
    NewFile.write(path, body);
  }
}
