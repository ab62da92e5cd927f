package org.hlo4j.data;

import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.function.UnaryOperator;
import org.hlo4j.BufferPromise;
import org.hlo4j.Device;
import org.hlo4j.DeviceBuffer;
import org.hlo4j.Tensor;
import org.hlo4j.error.ArgumentException;
import org.hlo4j.error.BufferStateException;
import org.jspecify.annotations.Nullable;

/**
 * The weights of a model: a record of {@link Tensor}s and {@link DeviceBuffer}s, or of such
 * records, which a file has by name. Immutable; safe for use by many threads.
 *
 * <pre>{@code
 * record Layer(Tensor<W> w, Tensor<B> b) {}
 * record Params(Layer layer1, Layer layer2) {}
 *
 * Params params = Weights.of(Params.class).load(device, Path.of("params.safetensors"));
 * Weights.of(Params.class).save(params, Path.of("copy.safetensors"));
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

  private Weights(Class<R> type, @Nullable UnaryOperator<String> names, boolean surplusAllowed) {
    this.type = type;
    this.names = names;
    this.surplusAllowed = surplusAllowed;
  }

  /** The weights that a record's components name. */
  public static <R extends Record> Weights<R> of(Class<R> type) {
    return new Weights<>(type, null, false);
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
    return new Weights<>(type, names, surplusAllowed);
  }

  /** The same weights from files that may have other tensors as well, which are left there. */
  public Weights<R> allowSurplus() {
    return new Weights<>(type, names, true);
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
    List<FileTensor> tensors =
        new WeightMatch(type.getSimpleName(), tree.leaves(), file, surplusAllowed).tensors(names);
    return tree.make(put(device, tree.leaves(), tensors));
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
   * {@code .safetensors}: named by {@link #named}, or as {@code layer1.w}.
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
      writer.add(names == null ? name : names.apply(name), tensors.get(i));
    }
    writer.write(path);
  }
}
