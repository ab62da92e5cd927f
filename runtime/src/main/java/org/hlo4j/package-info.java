/**
 * Clients, devices, tensors and promises for StableHLO programs on PJRT devices, and the dynamic
 * API that generated kernels use.
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
