package org.hlo4j.tests;

import org.hlo4j.Tensor;

/** Two tensors that belong together. */
public record Weighted(Tensor<Vec> values, Tensor<Scalar> weight) {}
