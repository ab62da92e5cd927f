/**
 * Tensors in files. {@link org.hlo4j.data.TensorFile} reads NumPy's {@code .npy} and {@code .npz},
 * and safetensors, by mapping them into memory, so that a CPU device computes with the file's own
 * pages; {@link org.hlo4j.data.TensorWriter} writes them; {@link org.hlo4j.data.Weights} makes a
 * record of tensors of them; {@link org.hlo4j.data.ImageTensors} turns images into tensors and
 * back.
 *
 * <pre>{@code
 * record Params(Tensor<W1> w1, Tensor<B1> b1) {}
 *
 * Params params = Weights.of(Params.class).load(device, Path.of("params.safetensors"));
 * DeviceBuffer<Images> images = TensorFile.open(Path.of("images.npy")).only().put(device, Images.class);
 * }</pre>
 *
 * <p>The formats are read here, and not by a library: those on Maven Central read into arrays on
 * the heap ({@code org.jetbrains.bio:npy} 0.3.5, which needs Kotlin 1.4's library) or into tensors
 * of their own engine ({@code ai.djl:api}), none maps a file, and none knows {@code bf16} and the
 * narrower types. JSON is Gson's affair, inflating the JDK's.
 */
@NullMarked
package org.hlo4j.data;

import org.jspecify.annotations.NullMarked;
