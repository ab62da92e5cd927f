package org.hlo4j.tests.pipelines;

import org.hlo4j.annotation.TensorType;
import org.hlo4j.type.F32;

@TensorType("tensor<2xf32>")
public interface Pair extends F32 {}
