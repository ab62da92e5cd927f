module @jit_predict attributes {mhlo.num_partitions = 1 : i32, mhlo.num_replicas = 1 : i32} {
  func.func public @main(%params.w1: tensor<64x128xf32>, %params.b1: tensor<128xf32>, %params.w2: tensor<128x10xf32>, %params.b2: tensor<10xf32>, %images: tensor<359x64xui8>) -> (tensor<359xi32> {jax.result_info = "result[0]"}, tensor<359x10xf32> {jax.result_info = "result[1]"}) {
    %0 = stablehlo.convert %images : (tensor<359x64xui8>) -> tensor<359x64xf32>
    %cst = stablehlo.constant dense<1.600000e+01> : tensor<f32>
    %1 = stablehlo.broadcast_in_dim %cst, dims = [] : (tensor<f32>) -> tensor<359x64xf32>
    %2 = stablehlo.divide %0, %1 : tensor<359x64xf32>
    %3 = stablehlo.dot_general %2, %params.w1, contracting_dims = [1] x [0], precision = [DEFAULT, DEFAULT] : (tensor<359x64xf32>, tensor<64x128xf32>) -> tensor<359x128xf32>
    %4 = stablehlo.broadcast_in_dim %params.b1, dims = [1] : (tensor<128xf32>) -> tensor<1x128xf32>
    %5 = stablehlo.broadcast_in_dim %4, dims = [0, 1] : (tensor<1x128xf32>) -> tensor<359x128xf32>
    %6 = stablehlo.add %3, %5 : tensor<359x128xf32>
    %7 = call @relu(%6) : (tensor<359x128xf32>) -> tensor<359x128xf32>
    %8 = stablehlo.dot_general %7, %params.w2, contracting_dims = [1] x [0], precision = [DEFAULT, DEFAULT] : (tensor<359x128xf32>, tensor<128x10xf32>) -> tensor<359x10xf32>
    %9 = stablehlo.broadcast_in_dim %params.b2, dims = [1] : (tensor<10xf32>) -> tensor<1x10xf32>
    %10 = stablehlo.broadcast_in_dim %9, dims = [0, 1] : (tensor<1x10xf32>) -> tensor<359x10xf32>
    %11 = stablehlo.add %8, %10 : tensor<359x10xf32>
    %cst_0 = stablehlo.constant dense<0xFF800000> : tensor<f32>
    %12 = stablehlo.reduce(%11 init: %cst_0) applies stablehlo.maximum across dimensions = [1] : (tensor<359x10xf32>, tensor<f32>) -> tensor<359xf32>
    %cst_1 = stablehlo.constant dense<0xFF800000> : tensor<f32>
    %13 = stablehlo.broadcast_in_dim %cst_1, dims = [] : (tensor<f32>) -> tensor<359xf32>
    %14 = stablehlo.maximum %13, %12 : tensor<359xf32>
    %15 = stablehlo.broadcast_in_dim %14, dims = [0] : (tensor<359xf32>) -> tensor<359x1xf32>
    %16 = stablehlo.broadcast_in_dim %15, dims = [0, 1] : (tensor<359x1xf32>) -> tensor<359x10xf32>
    %17 = stablehlo.subtract %11, %16 : tensor<359x10xf32>
    %18 = stablehlo.exponential %17 : tensor<359x10xf32>
    %cst_2 = stablehlo.constant dense<0.000000e+00> : tensor<f32>
    %19 = stablehlo.reduce(%18 init: %cst_2) applies stablehlo.add across dimensions = [1] : (tensor<359x10xf32>, tensor<f32>) -> tensor<359xf32>
    %20 = stablehlo.broadcast_in_dim %19, dims = [0] : (tensor<359xf32>) -> tensor<359x1xf32>
    %21 = stablehlo.broadcast_in_dim %20, dims = [0, 1] : (tensor<359x1xf32>) -> tensor<359x10xf32>
    %22 = stablehlo.divide %18, %21 : tensor<359x10xf32>
    %23 = call @argmax(%22) : (tensor<359x10xf32>) -> tensor<359xi32>
    return %23, %22 : tensor<359xi32>, tensor<359x10xf32>
  }
  func.func private @relu(%arg0: tensor<359x128xf32>) -> tensor<359x128xf32> {
    %cst = stablehlo.constant dense<0.000000e+00> : tensor<f32>
    %0 = stablehlo.broadcast_in_dim %cst, dims = [] : (tensor<f32>) -> tensor<359x128xf32>
    %1 = stablehlo.maximum %arg0, %0 : tensor<359x128xf32>
    return %1 : tensor<359x128xf32>
  }
  func.func private @argmax(%arg0: tensor<359x10xf32>) -> tensor<359xi32> {
    %0 = stablehlo.iota dim = 1 : tensor<359x10xi32>
    %cst = stablehlo.constant dense<0xFF800000> : tensor<f32>
    %c = stablehlo.constant dense<0> : tensor<i32>
    %1:2 = stablehlo.reduce(%arg0 init: %cst), (%0 init: %c) across dimensions = [1] : (tensor<359x10xf32>, tensor<359x10xi32>, tensor<f32>, tensor<i32>) -> (tensor<359xf32>, tensor<359xi32>)
     reducer(%arg1: tensor<f32>, %arg3: tensor<f32>) (%arg2: tensor<i32>, %arg4: tensor<i32>)  {
      %2 = stablehlo.compare GT, %arg1, %arg3, FLOAT : (tensor<f32>, tensor<f32>) -> tensor<i1>
      %3 = stablehlo.compare NE, %arg1, %arg1, FLOAT : (tensor<f32>, tensor<f32>) -> tensor<i1>
      %4 = stablehlo.or %2, %3 : tensor<i1>
      %5 = stablehlo.compare EQ, %arg1, %arg3, FLOAT : (tensor<f32>, tensor<f32>) -> tensor<i1>
      %6 = stablehlo.compare LT, %arg2, %arg4, SIGNED : (tensor<i32>, tensor<i32>) -> tensor<i1>
      %7 = stablehlo.and %5, %6 : tensor<i1>
      %8 = stablehlo.or %4, %7 : tensor<i1>
      %9 = stablehlo.select %4, %arg1, %arg3 : tensor<i1>, tensor<f32>
      %10 = stablehlo.select %8, %arg2, %arg4 : tensor<i1>, tensor<i32>
      stablehlo.return %9, %10 : tensor<f32>, tensor<i32>
    }
    return %1#1 : tensor<359xi32>
  }
}
