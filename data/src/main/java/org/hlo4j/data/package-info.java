/**
 * Tensors in files. {@link org.hlo4j.data.TensorFile} maps NumPy's {@code .npy} and {@code .npz},
 * and safetensors, into memory, so that a CPU device computes on the file's pages; {@link
 * org.hlo4j.data.TensorWriter} writes them; {@link org.hlo4j.data.Weights} loads them into records
 * of tensors; {@link org.hlo4j.data.ImageTensors} converts between images and tensors.
 *
 * <pre>{@code
 * record Params(Tensor<W1> w1, Tensor<B1> b1) {}
 *
 * Params params = Weights.of(Params.class).load(device, Path.of("params.safetensors"));
 * DeviceBuffer<Images> images = TensorFile.open(Path.of("images.npy")).only().put(device, Images.class);
 * }</pre>
 *
 * <p>The module has its own readers because those on Maven Central read into heap arrays ({@code
 * org.jetbrains.bio:npy} 0.3.5, which needs Kotlin 1.4's library) or tensors of their own engine
 * ({@code ai.djl:api}), do not map files, and lack {@code bf16} and narrower types. Gson parses
 * JSON, and the JDK inflates.
 */
@NullMarked
package org.hlo4j.data;

import org.jspecify.annotations.NullMarked;
