module @jit_step attributes {mhlo.num_partitions = 1 : i32, mhlo.num_replicas = 1 : i32} {
  func.func public @main(%arg0: tensor<2xf32> {tf.aliasing_output = 0 : i32}, %arg1: tensor<3xf32> {tf.aliasing_output = 1 : i32}, %arg2: tensor<4x3xf32> {tf.aliasing_output = 2 : i32}, %arg3: tensor<3xf32>, %arg4: tensor<i32>, %arg5: tensor<3xf32>, %arg6: tensor<3xf32>, %arg7: tensor<8x4xf32>, %arg8: tensor<8x3xf32>) -> (tensor<2xf32> {jax.result_info = "result[0]['class']"}, tensor<3xf32> {jax.result_info = "result[0]['layer1']['b']"}, tensor<4x3xf32> {jax.result_info = "result[0]['layer1']['w']"}, tensor<f32> {jax.result_info = "result[1]['loss']"}, tensor<3xf32> {jax.result_info = "result[1]['state'].mean"}, tensor<3xf32> {jax.result_info = "result[1]['state'].var"}, tensor<3xf32> {jax.result_info = "result[2].mu"}, tensor<i32> {jax.result_info = "result[2].count"}, tensor<8x4xf32> {jax.result_info = "result[3][0]"}, tensor<8x3xf32> {jax.result_info = "result[3][1][0]"}, tensor<8x3xf32> {jax.result_info = "result[3][1][1]"}) {
    %0 = stablehlo.dot_general %arg7, %arg2, contracting_dims = [1] x [0], precision = [DEFAULT, DEFAULT] : (tensor<8x4xf32>, tensor<4x3xf32>) -> tensor<8x3xf32>
    %1 = stablehlo.broadcast_in_dim %arg1, dims = [1] : (tensor<3xf32>) -> tensor<1x3xf32>
    %2 = stablehlo.broadcast_in_dim %1, dims = [0, 1] : (tensor<1x3xf32>) -> tensor<8x3xf32>
    %3 = stablehlo.add %0, %2 : tensor<8x3xf32>
    %4 = stablehlo.subtract %3, %arg8 : tensor<8x3xf32>
    %5 = stablehlo.multiply %4, %4 : tensor<8x3xf32>
    %cst = stablehlo.constant dense<2.000000e+00> : tensor<f32>
    %6 = stablehlo.broadcast_in_dim %cst, dims = [] : (tensor<f32>) -> tensor<8x3xf32>
    %7 = stablehlo.multiply %6, %4 : tensor<8x3xf32>
    %cst_0 = stablehlo.constant dense<0.000000e+00> : tensor<f32>
    %8 = stablehlo.reduce(%5 init: %cst_0) applies stablehlo.add across dimensions = [0, 1] : (tensor<8x3xf32>, tensor<f32>) -> tensor<f32>
    %cst_1 = stablehlo.constant dense<2.400000e+01> : tensor<f32>
    %9 = stablehlo.divide %8, %cst_1 : tensor<f32>
    %cst_2 = stablehlo.constant dense<1.000000e+00> : tensor<f32>
    %cst_3 = stablehlo.constant dense<2.400000e+01> : tensor<f32>
    %10 = stablehlo.divide %cst_2, %cst_3 : tensor<f32>
    %11 = stablehlo.broadcast_in_dim %10, dims = [] : (tensor<f32>) -> tensor<8x3xf32>
    %12 = stablehlo.multiply %11, %7 : tensor<8x3xf32>
    %cst_4 = stablehlo.constant dense<0.000000e+00> : tensor<f32>
    %13 = stablehlo.reduce(%12 init: %cst_4) applies stablehlo.add across dimensions = [0] : (tensor<8x3xf32>, tensor<f32>) -> tensor<3xf32>
    %14 = stablehlo.reshape %13 : (tensor<3xf32>) -> tensor<1x3xf32>
    %cst_5 = stablehlo.constant dense<0.000000e+00> : tensor<f32>
    %15 = stablehlo.reduce(%14 init: %cst_5) applies stablehlo.add across dimensions = [0] : (tensor<1x3xf32>, tensor<f32>) -> tensor<3xf32>
    %16 = stablehlo.dot_general %12, %arg7, contracting_dims = [0] x [0], precision = [DEFAULT, DEFAULT] : (tensor<8x3xf32>, tensor<8x4xf32>) -> tensor<3x4xf32>
    %17 = stablehlo.transpose %16, dims = [1, 0] : (tensor<3x4xf32>) -> tensor<4x3xf32>
    %cst_6 = stablehlo.constant dense<0.000000e+00> : tensor<f32>
    %18 = stablehlo.broadcast_in_dim %cst_6, dims = [] : (tensor<f32>) -> tensor<2xf32>
    %cst_7 = stablehlo.constant dense<1.000000e-01> : tensor<f32>
    %19 = stablehlo.broadcast_in_dim %cst_7, dims = [] : (tensor<f32>) -> tensor<2xf32>
    %20 = stablehlo.multiply %19, %18 : tensor<2xf32>
    %21 = stablehlo.subtract %arg0, %20 : tensor<2xf32>
    %cst_8 = stablehlo.constant dense<1.000000e-01> : tensor<f32>
    %22 = stablehlo.broadcast_in_dim %cst_8, dims = [] : (tensor<f32>) -> tensor<3xf32>
    %23 = stablehlo.multiply %22, %15 : tensor<3xf32>
    %24 = stablehlo.subtract %arg1, %23 : tensor<3xf32>
    %cst_9 = stablehlo.constant dense<1.000000e-01> : tensor<f32>
    %25 = stablehlo.broadcast_in_dim %cst_9, dims = [] : (tensor<f32>) -> tensor<4x3xf32>
    %26 = stablehlo.multiply %25, %17 : tensor<4x3xf32>
    %27 = stablehlo.subtract %arg2, %26 : tensor<4x3xf32>
    %cst_10 = stablehlo.constant dense<1.000000e+00> : tensor<f32>
    %28 = stablehlo.broadcast_in_dim %cst_10, dims = [] : (tensor<f32>) -> tensor<3xf32>
    %29 = stablehlo.add %arg5, %28 : tensor<3xf32>
    %cst_11 = stablehlo.constant dense<2.000000e+00> : tensor<f32>
    %30 = stablehlo.broadcast_in_dim %cst_11, dims = [] : (tensor<f32>) -> tensor<3xf32>
    %31 = stablehlo.multiply %arg3, %30 : tensor<3xf32>
    %c = stablehlo.constant dense<1> : tensor<i32>
    %32 = stablehlo.add %arg4, %c : tensor<i32>
    %cst_12 = stablehlo.constant dense<1.000000e+00> : tensor<f32>
    %33 = stablehlo.broadcast_in_dim %cst_12, dims = [] : (tensor<f32>) -> tensor<8x4xf32>
    %34 = stablehlo.add %arg7, %33 : tensor<8x4xf32>
    %cst_13 = stablehlo.constant dense<2.000000e+00> : tensor<f32>
    %35 = stablehlo.broadcast_in_dim %cst_13, dims = [] : (tensor<f32>) -> tensor<8x3xf32>
    %36 = stablehlo.multiply %arg8, %35 : tensor<8x3xf32>
    return %21, %24, %27, %9, %29, %arg6, %31, %32, %34, %arg8, %36 : tensor<2xf32>, tensor<3xf32>, tensor<4x3xf32>, tensor<f32>, tensor<3xf32>, tensor<3xf32>, tensor<3xf32>, tensor<i32>, tensor<8x4xf32>, tensor<8x3xf32>, tensor<8x3xf32>
  }
}
