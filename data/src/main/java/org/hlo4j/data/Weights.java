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
 * records, which a file has by name. Safe for use by many threads.
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
 * <p>A name in the file is taken apart at dots, slashes, brackets and quotes, so that all of {@code
 * layer1.w}, {@code layer1/w} and {@code ['layer1']['w']} name the component {@code w} of {@code
 * layer1}. Upper and lower case, underscores and hyphens do not count ({@code hidden_bias} is
 * {@code hiddenBias}), and a number belongs to the name before it ({@code layers.0.w} is {@code w}
 * of {@code layers0}). What all names begin with, and no component does, is left out: {@code
 * params} in {@code params/w1}. Where a file has other names, {@link #named} says which.
 *
 * <p>The record's package has to be open to this module, or the record be public and its package
 * exported, if it is in a named module.
 *
 * @param <R> the record
 */
public final class Weights<R extends Record> {
  private final Class<R> type;
  private final @Nullable UnaryOperator<String> names;
  private final boolean surplusAllowed;
  private final boolean converting;

  /** The file's name for each component, when this has loaded one. */
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

  /** The weights that a record's components name. */
  public static <R extends Record> Weights<R> of(Class<R> type) {
    return new Weights<>(type, null, false, false);
  }

  /**
   * The same weights under other names in the file, when it is read and when it is written.
   *
   * <pre>{@code
   * Weights.of(Params.class).named(path -> "encoder." + path.replace("layer1", "0"))
   * }</pre>
   *
   * @param names gives the file's name for a component, such as {@code layer1.w}
   */
  public Weights<R> named(UnaryOperator<String> names) {
    return new Weights<>(type, names, surplusAllowed, converting);
  }

  /** The same weights from files that may have other tensors as well, which are left there. */
  public Weights<R> allowSurplus() {
    return new Weights<>(type, names, true, converting);
  }

  /**
   * The same weights under the names that a file has for them, when they are written.
   *
   * @throws ArgumentException as {@link #load(Device, TensorFile)} does
   */
  public Weights<R> namedAs(TensorFile file) {
    RecordTree<R> tree = RecordTree.of(type);
    Map<String, String> found = namesIn(tree, match(tree, file));
    return named(path -> found.getOrDefault(path, path));
  }

  /**
   * The same weights from files whose element types may differ from the record's, as {@link
   * FileTensor#converted} converts them: a {@code bf16} file goes into a record of {@code f32}.
   */
  public Weights<R> converting() {
    return new Weights<>(type, names, surplusAllowed, true);
  }

  /**
   * Brings a file's tensors to a device, without copies where {@link FileTensor#put(Device, Class)}
   * makes none, and waits until they are there.
   *
   * @throws IOException if the file cannot be opened
   * @throws FileFormatException if it is not as its format demands
   * @throws ArgumentException if tensors are missing, surplus, or of another shape or element type:
   *     the message has all of them; or if the record is none of tensors
   */
  public R load(Device device, Path path) throws IOException {
    return load(device, TensorFile.open(path));
  }

  /** As {@link #load(Device, Path)}, from a file that is open. */
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

  /** The file's name for each component. */
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
   * Writes a record's tensors into a file, in the format that its ending names, {@code .npz} or
   * {@code .safetensors}. Tensors are named by {@link #named} or {@link #namedAs}; or else as they
   * were in the file that this object has last loaded, or else any other for the same record, so
   * that Python finds its own names; or else as {@code layer1.w}.
   *
   * @throws IOException if the file cannot be written
   * @throws ArgumentException as {@link TensorWriter#write} does
   * @throws BufferStateException if a tensor was closed or given away
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
