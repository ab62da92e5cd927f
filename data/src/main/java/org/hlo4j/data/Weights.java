package org.hlo4j.data;

import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.function.UnaryOperator;
import org.hlo4j.BufferPromise;
import org.hlo4j.Device;
import org.hlo4j.DeviceBuffer;
import org.hlo4j.Tensor;
import org.hlo4j.data.internal.weights.LoadedNames;
import org.hlo4j.data.internal.weights.RecordTree;
import org.hlo4j.error.ArgumentException;
import org.hlo4j.error.BufferStateException;
import org.jspecify.annotations.Nullable;

/**
 * The weights of a model: a record of {@link Tensor}s and {@link DeviceBuffer}s, or of such
 * records, stored by name in a file. Safe for use by multiple threads.
 *
 * <pre>{@code
 * record Layer(Tensor<W> w, Tensor<B> b) {}
 * record Params(Layer layer1, Layer layer2) {}
 *
 * Weights<Params> weights = Weights.of(Params.class);
 * Params params = weights.load(device, Path.of("params.safetensors"));
 * weights.save(params, Path.of("copy.safetensors"));   // under the names of params.safetensors
 * }</pre>
 *
 * <p>Names in the file are split at dots, slashes, brackets and quotes: {@code layer1.w}, {@code
 * layer1/w} and {@code ['layer1']['w']} all match the component {@code w} of {@code layer1}. Case,
 * underscores and hyphens are ignored ({@code hidden_bias} matches {@code hiddenBias}), and a
 * number is appended to the name before it ({@code layers.0.w} matches {@code w} of {@code
 * layers0}). A prefix common to all names but to no component is dropped: {@code params} in {@code
 * params/w1}. For other names, use {@link #named}.
 *
 * <p>A record in a named module must be in a package that is open to this module, or be public in
 * an exported package.
 *
 * @param <R> the record
 */
public final class Weights<R extends Record> {
  private final Class<R> type;
  private final @Nullable UnaryOperator<String> names;
  private final boolean surplusAllowed;
  private final boolean converting;

  /** The file's name for each component, once a file was loaded. */
  private volatile @Nullable Map<String, String> loaded;

  private Weights(
      Class<R> type,
      @Nullable UnaryOperator<String> names,
      boolean surplusAllowed,
      boolean converting) {
    this.type = type;
    this.names = names;
    this.surplusAllowed = surplusAllowed;
    this.converting = converting;
  }

  /** Returns weights named by the components of a record. */
  public static <R extends Record> Weights<R> of(Class<R> type) {
    return new Weights<>(type, null, false, false);
  }

  /**
   * Returns these weights with other names in files, for reading and writing.
   *
   * <pre>{@code
   * Weights.of(Params.class).named(path -> "encoder." + path.replace("layer1", "0"))
   * }</pre>
   *
   * @param names maps the path of a component, such as {@code layer1.w}, to its name in the file
   */
  public Weights<R> named(UnaryOperator<String> names) {
    return new Weights<>(type, names, surplusAllowed, converting);
  }

  /** Returns these weights, ignoring additional tensors in files. */
  public Weights<R> allowSurplus() {
    return new Weights<>(type, names, true, converting);
  }

  /**
   * Returns these weights with the names that a file has for them, for writing.
   *
   * @throws ArgumentException as {@link #load(Device, TensorFile)} does
   */
  public Weights<R> namedAs(TensorFile file) {
    RecordTree<R> tree = RecordTree.of(type);
    Map<String, String> found = namesIn(tree, match(tree, file));
    return named(path -> found.getOrDefault(path, path));
  }

  /**
   * Returns these weights with conversion of element types by {@link FileTensor#converted}: for
   * example, a {@code bf16} file loads into a record of {@code f32}.
   */
  public Weights<R> converting() {
    return new Weights<>(type, names, surplusAllowed, true);
  }

  /**
   * Loads a file's tensors onto a device and waits until they are ready; zero-copy where {@link
   * FileTensor#put(Device, Class)} is.
   *
   * @throws IOException if the file cannot be opened
   * @throws FileFormatException if the file is malformed
   * @throws ArgumentException if tensors are missing, additional, or of another shape or element
   *     type (the message lists all), or the record has components other than tensors
   */
  public R load(Device device, Path path) throws IOException {
    return load(device, TensorFile.open(path));
  }

  /** Like {@link #load(Device, Path)}, for an open file. */
  public R load(Device device, TensorFile file) {
    RecordTree<R> tree = RecordTree.of(type);
    List<FileTensor> tensors = match(tree, file);
    R weights = tree.make(put(device, tree.leaves(), tensors));
    Map<String, String> found = namesIn(tree, tensors);
    loaded = found;
    LoadedNames.remember(type, found);
    return weights;
  }

  private List<FileTensor> match(RecordTree<R> tree, TensorFile file) {
    return new WeightMatch(type.getSimpleName(), tree.leaves(), file, surplusAllowed, converting)
        .tensors(names);
  }

  /** Returns the file's name for each component. */
  private static Map<String, String> namesIn(RecordTree<?> tree, List<FileTensor> tensors) {
    Map<String, String> found = new HashMap<>();
    for (int i = 0; i < tensors.size(); i++) {
      found.put(tree.leaves().get(i).path(), tensors.get(i).name());
    }
    return found;
  }

  private static List<DeviceBuffer<?>> put(
      Device device, List<RecordTree.Leaf> leaves, List<FileTensor> tensors) {
    List<BufferPromise<?>> promises = new ArrayList<>();
    List<DeviceBuffer<?>> buffers = new ArrayList<>();
    try {
      for (int i = 0; i < tensors.size(); i++) {
        promises.add(tensors.get(i).putAsync(device, leaves.get(i).type()));
      }
      promises.forEach(promise -> buffers.add(promise.value()));
      return buffers;
    } catch (RuntimeException | Error e) {
      promises.forEach(BufferPromise::close);
      throw e;
    }
  }

  /**
   * Writes a record's tensors to a file in the format of its extension, {@code .npz} or {@code
   * .safetensors}. Names come from {@link #named} or {@link #namedAs}; else they are those of the
   * file last loaded by this object, or by any object for the same record, so that Python finds its
   * own names; else they are paths like {@code layer1.w}.
   *
   * @throws IOException if the file cannot be written
   * @throws ArgumentException as {@link TensorWriter#write} does
   * @throws BufferStateException if a tensor was closed or donated
   */
  public void save(R weights, Path path) throws IOException {
    RecordTree<R> tree = RecordTree.of(type);
    List<Tensor<?>> tensors = tree.tensors(weights);
    TensorWriter writer = TensorFile.writer();
    for (int i = 0; i < tensors.size(); i++) {
      String name = tree.leaves().get(i).path();
      writer.add(nameOf(name), tensors.get(i));
    }
    writer.write(path);
  }

  private String nameOf(String component) {
    if (names != null) {
      return names.apply(component);
    }
    Map<String, String> mine = loaded;
    return mine == null
        ? LoadedNames.nameOf(type, component)
        : mine.getOrDefault(component, component);
  }
}
