/**
 * Running StableHLO programs on PJRT devices: clients, devices, tensors, promises, and the dynamic
 * API that the generated kernels stand on.
 *
 * <pre>{@code
 * try (Pjrt pjrt = Pjrt.open()) {
 *   Device device = pjrt.device();
 *   Dense dense = DenseKernels.sync(device);
 *   ...
 * }
 * }</pre>
 */
@NullMarked
package org.hlo4j;

import org.jspecify.annotations.NullMarked;
