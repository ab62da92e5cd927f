package org.hlo4j.examples.digits;

import org.hlo4j.Tensor;

/** The parameters of the network, or what goes with each of them. */
public record Params(
    Tensor<HiddenWeights> w1,
    Tensor<HiddenBiases> b1,
    Tensor<ClassWeights> w2,
    Tensor<ClassBiases> b2) {}
