module @axpy {
  func.func @main(%a: tensor<f32>, %x: tensor<4xf32>, %y: tensor<4xf32> {tf.aliasing_output = 0 : i32})
      -> (tensor<4xf32>, tensor<4xf32>) {
    %0 = stablehlo.broadcast_in_dim %a, dims = [] : (tensor<f32>) -> tensor<4xf32>
    %1 = stablehlo.multiply %0, %x : tensor<4xf32>
    %2 = stablehlo.add %1, %y : tensor<4xf32>
    return %2, %1 : tensor<4xf32>, tensor<4xf32>
  }
}
