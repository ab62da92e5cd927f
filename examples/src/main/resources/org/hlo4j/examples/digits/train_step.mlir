module @jit_train_step attributes {mhlo.num_partitions = 1 : i32, mhlo.num_replicas = 1 : i32} {
  func.func public @main(%state.params.w1: tensor<64x128xf32> {tf.aliasing_output = 0 : i32}, %state.params.b1: tensor<128xf32> {tf.aliasing_output = 1 : i32}, %state.params.w2: tensor<128x10xf32> {tf.aliasing_output = 2 : i32}, %state.params.b2: tensor<10xf32> {tf.aliasing_output = 3 : i32}, %state.momentum.w1: tensor<64x128xf32> {tf.aliasing_output = 4 : i32}, %state.momentum.b1: tensor<128xf32> {tf.aliasing_output = 5 : i32}, %state.momentum.w2: tensor<128x10xf32> {tf.aliasing_output = 6 : i32}, %state.momentum.b2: tensor<10xf32> {tf.aliasing_output = 7 : i32}, %images: tensor<64x64xui8>, %labels: tensor<64xi32>, %learning_rate: tensor<f32>) -> (tensor<64x128xf32> {jax.result_info = "result[0].params.w1"}, tensor<128xf32> {jax.result_info = "result[0].params.b1"}, tensor<128x10xf32> {jax.result_info = "result[0].params.w2"}, tensor<10xf32> {jax.result_info = "result[0].params.b2"}, tensor<64x128xf32> {jax.result_info = "result[0].momentum.w1"}, tensor<128xf32> {jax.result_info = "result[0].momentum.b1"}, tensor<128x10xf32> {jax.result_info = "result[0].momentum.w2"}, tensor<10xf32> {jax.result_info = "result[0].momentum.b2"}, tensor<f32> {jax.result_info = "result[1]"}) {
    %0 = call @_one_hot(%labels) : (tensor<64xi32>) -> tensor<64x10xf32>
    %cst = stablehlo.constant dense<0.899999976> : tensor<f32>
    %1 = stablehlo.broadcast_in_dim %cst, dims = [] : (tensor<f32>) -> tensor<64x10xf32>
    %2 = stablehlo.multiply %0, %1 : tensor<64x10xf32>
    %cst_0 = stablehlo.constant dense<0.00999999977> : tensor<f32>
    %3 = stablehlo.broadcast_in_dim %cst_0, dims = [] : (tensor<f32>) -> tensor<64x10xf32>
    %4 = stablehlo.add %2, %3 : tensor<64x10xf32>
    %5 = stablehlo.convert %images : (tensor<64x64xui8>) -> tensor<64x64xf32>
    %cst_1 = stablehlo.constant dense<1.600000e+01> : tensor<f32>
    %6 = stablehlo.broadcast_in_dim %cst_1, dims = [] : (tensor<f32>) -> tensor<64x64xf32>
    %7 = stablehlo.divide %5, %6 : tensor<64x64xf32>
    %8 = stablehlo.dot_general %7, %state.params.w1, contracting_dims = [1] x [0], precision = [DEFAULT, DEFAULT] : (tensor<64x64xf32>, tensor<64x128xf32>) -> tensor<64x128xf32>
    %9 = stablehlo.broadcast_in_dim %state.params.b1, dims = [1] : (tensor<128xf32>) -> tensor<1x128xf32>
    %10 = stablehlo.broadcast_in_dim %9, dims = [0, 1] : (tensor<1x128xf32>) -> tensor<64x128xf32>
    %11 = stablehlo.add %8, %10 : tensor<64x128xf32>
    %12 = call @relu(%11) : (tensor<64x128xf32>) -> tensor<64x128xf32>
    %cst_2 = stablehlo.constant dense<0.000000e+00> : tensor<f32>
    %13 = stablehlo.broadcast_in_dim %cst_2, dims = [] : (tensor<f32>) -> tensor<64x128xf32>
    %14 = stablehlo.compare GT, %11, %13, FLOAT : (tensor<64x128xf32>, tensor<64x128xf32>) -> tensor<64x128xi1>
    %15 = stablehlo.dot_general %12, %state.params.w2, contracting_dims = [1] x [0], precision = [DEFAULT, DEFAULT] : (tensor<64x128xf32>, tensor<128x10xf32>) -> tensor<64x10xf32>
    %16 = stablehlo.broadcast_in_dim %state.params.b2, dims = [1] : (tensor<10xf32>) -> tensor<1x10xf32>
    %17 = stablehlo.broadcast_in_dim %16, dims = [0, 1] : (tensor<1x10xf32>) -> tensor<64x10xf32>
    %18 = stablehlo.add %15, %17 : tensor<64x10xf32>
    %19:3 = call @log_softmax(%18) : (tensor<64x10xf32>) -> (tensor<64x10xf32>, tensor<64x10xf32>, tensor<64x1xf32>)
    %20 = stablehlo.log %4 : tensor<64x10xf32>
    %21 = stablehlo.subtract %20, %19#0 : tensor<64x10xf32>
    %22 = stablehlo.multiply %4, %21 : tensor<64x10xf32>
    %cst_3 = stablehlo.constant dense<0.000000e+00> : tensor<f32>
    %23 = stablehlo.reduce(%22 init: %cst_3) applies stablehlo.add across dimensions = [1] : (tensor<64x10xf32>, tensor<f32>) -> tensor<64xf32>
    %cst_4 = stablehlo.constant dense<0.000000e+00> : tensor<f32>
    %24 = stablehlo.reduce(%23 init: %cst_4) applies stablehlo.add across dimensions = [0] : (tensor<64xf32>, tensor<f32>) -> tensor<f32>
    %cst_5 = stablehlo.constant dense<6.400000e+01> : tensor<f32>
    %25 = stablehlo.divide %24, %cst_5 : tensor<f32>
    %cst_6 = stablehlo.constant dense<1.000000e+00> : tensor<f32>
    %cst_7 = stablehlo.constant dense<6.400000e+01> : tensor<f32>
    %26 = stablehlo.divide %cst_6, %cst_7 : tensor<f32>
    %27 = stablehlo.broadcast_in_dim %26, dims = [] : (tensor<f32>) -> tensor<64xf32>
    %28 = stablehlo.broadcast_in_dim %27, dims = [0] : (tensor<64xf32>) -> tensor<64x10xf32>
    %29 = stablehlo.multiply %4, %28 : tensor<64x10xf32>
    %30 = stablehlo.negate %29 : tensor<64x10xf32>
    %31 = call @log_softmax_0(%19#1, %19#2, %30) : (tensor<64x10xf32>, tensor<64x1xf32>, tensor<64x10xf32>) -> tensor<64x10xf32>
    %cst_8 = stablehlo.constant dense<0.000000e+00> : tensor<f32>
    %32 = stablehlo.reduce(%31 init: %cst_8) applies stablehlo.add across dimensions = [0] : (tensor<64x10xf32>, tensor<f32>) -> tensor<10xf32>
    %33 = stablehlo.reshape %32 : (tensor<10xf32>) -> tensor<1x10xf32>
    %cst_9 = stablehlo.constant dense<0.000000e+00> : tensor<f32>
    %34 = stablehlo.reduce(%33 init: %cst_9) applies stablehlo.add across dimensions = [0] : (tensor<1x10xf32>, tensor<f32>) -> tensor<10xf32>
    %35 = stablehlo.dot_general %31, %12, contracting_dims = [0] x [0], precision = [DEFAULT, DEFAULT] : (tensor<64x10xf32>, tensor<64x128xf32>) -> tensor<10x128xf32>
    %36 = stablehlo.transpose %35, dims = [1, 0] : (tensor<10x128xf32>) -> tensor<128x10xf32>
    %37 = stablehlo.dot_general %31, %state.params.w2, contracting_dims = [1] x [1], precision = [DEFAULT, DEFAULT] : (tensor<64x10xf32>, tensor<128x10xf32>) -> tensor<64x128xf32>
    %cst_10 = stablehlo.constant dense<0.000000e+00> : tensor<f32>
    %38 = stablehlo.broadcast_in_dim %cst_10, dims = [] : (tensor<f32>) -> tensor<64x128xf32>
    %39 = stablehlo.select %14, %37, %38 : tensor<64x128xi1>, tensor<64x128xf32>
    %cst_11 = stablehlo.constant dense<0.000000e+00> : tensor<f32>
    %40 = stablehlo.reduce(%39 init: %cst_11) applies stablehlo.add across dimensions = [0] : (tensor<64x128xf32>, tensor<f32>) -> tensor<128xf32>
    %41 = stablehlo.reshape %40 : (tensor<128xf32>) -> tensor<1x128xf32>
    %cst_12 = stablehlo.constant dense<0.000000e+00> : tensor<f32>
    %42 = stablehlo.reduce(%41 init: %cst_12) applies stablehlo.add across dimensions = [0] : (tensor<1x128xf32>, tensor<f32>) -> tensor<128xf32>
    %43 = stablehlo.dot_general %39, %7, contracting_dims = [0] x [0], precision = [DEFAULT, DEFAULT] : (tensor<64x128xf32>, tensor<64x64xf32>) -> tensor<128x64xf32>
    %44 = stablehlo.transpose %43, dims = [1, 0] : (tensor<128x64xf32>) -> tensor<64x128xf32>
    %cst_13 = stablehlo.constant dense<0.899999976> : tensor<f32>
    %45 = stablehlo.broadcast_in_dim %cst_13, dims = [] : (tensor<f32>) -> tensor<64x128xf32>
    %46 = stablehlo.multiply %45, %state.momentum.w1 : tensor<64x128xf32>
    %47 = stablehlo.add %46, %44 : tensor<64x128xf32>
    %cst_14 = stablehlo.constant dense<0.899999976> : tensor<f32>
    %48 = stablehlo.broadcast_in_dim %cst_14, dims = [] : (tensor<f32>) -> tensor<128xf32>
    %49 = stablehlo.multiply %48, %state.momentum.b1 : tensor<128xf32>
    %50 = stablehlo.add %49, %42 : tensor<128xf32>
    %cst_15 = stablehlo.constant dense<0.899999976> : tensor<f32>
    %51 = stablehlo.broadcast_in_dim %cst_15, dims = [] : (tensor<f32>) -> tensor<128x10xf32>
    %52 = stablehlo.multiply %51, %state.momentum.w2 : tensor<128x10xf32>
    %53 = stablehlo.add %52, %36 : tensor<128x10xf32>
    %cst_16 = stablehlo.constant dense<0.899999976> : tensor<f32>
    %54 = stablehlo.broadcast_in_dim %cst_16, dims = [] : (tensor<f32>) -> tensor<10xf32>
    %55 = stablehlo.multiply %54, %state.momentum.b2 : tensor<10xf32>
    %56 = stablehlo.add %55, %34 : tensor<10xf32>
    %57 = stablehlo.broadcast_in_dim %learning_rate, dims = [] : (tensor<f32>) -> tensor<64x128xf32>
    %58 = stablehlo.multiply %57, %47 : tensor<64x128xf32>
    %59 = stablehlo.subtract %state.params.w1, %58 : tensor<64x128xf32>
    %60 = stablehlo.broadcast_in_dim %learning_rate, dims = [] : (tensor<f32>) -> tensor<128xf32>
    %61 = stablehlo.multiply %60, %50 : tensor<128xf32>
    %62 = stablehlo.subtract %state.params.b1, %61 : tensor<128xf32>
    %63 = stablehlo.broadcast_in_dim %learning_rate, dims = [] : (tensor<f32>) -> tensor<128x10xf32>
    %64 = stablehlo.multiply %63, %53 : tensor<128x10xf32>
    %65 = stablehlo.subtract %state.params.w2, %64 : tensor<128x10xf32>
    %66 = stablehlo.broadcast_in_dim %learning_rate, dims = [] : (tensor<f32>) -> tensor<10xf32>
    %67 = stablehlo.multiply %66, %56 : tensor<10xf32>
    %68 = stablehlo.subtract %state.params.b2, %67 : tensor<10xf32>
    return %59, %62, %65, %68, %47, %50, %53, %56, %25 : tensor<64x128xf32>, tensor<128xf32>, tensor<128x10xf32>, tensor<10xf32>, tensor<64x128xf32>, tensor<128xf32>, tensor<128x10xf32>, tensor<10xf32>, tensor<f32>
  }
  func.func private @_one_hot(%arg0: tensor<64xi32>) -> tensor<64x10xf32> {
    %0 = stablehlo.broadcast_in_dim %arg0, dims = [0] : (tensor<64xi32>) -> tensor<64x1xi32>
    %1 = stablehlo.iota dim = 1 : tensor<1x10xi32>
    %2 = stablehlo.broadcast_in_dim %0, dims = [0, 1] : (tensor<64x1xi32>) -> tensor<64x10xi32>
    %3 = stablehlo.broadcast_in_dim %1, dims = [0, 1] : (tensor<1x10xi32>) -> tensor<64x10xi32>
    %4 = stablehlo.compare EQ, %2, %3, SIGNED : (tensor<64x10xi32>, tensor<64x10xi32>) -> tensor<64x10xi1>
    %5 = stablehlo.convert %4 : (tensor<64x10xi1>) -> tensor<64x10xf32>
    return %5 : tensor<64x10xf32>
  }
  func.func private @relu(%arg0: tensor<64x128xf32>) -> tensor<64x128xf32> {
    %cst = stablehlo.constant dense<0.000000e+00> : tensor<f32>
    %0 = stablehlo.broadcast_in_dim %cst, dims = [] : (tensor<f32>) -> tensor<64x128xf32>
    %1 = stablehlo.maximum %arg0, %0 : tensor<64x128xf32>
    return %1 : tensor<64x128xf32>
  }
  func.func private @log_softmax(%arg0: tensor<64x10xf32>) -> (tensor<64x10xf32>, tensor<64x10xf32>, tensor<64x1xf32>) {
    %cst = stablehlo.constant dense<0xFF800000> : tensor<f32>
    %0 = stablehlo.reduce(%arg0 init: %cst) applies stablehlo.maximum across dimensions = [1] : (tensor<64x10xf32>, tensor<f32>) -> tensor<64xf32>
    %cst_0 = stablehlo.constant dense<0xFF800000> : tensor<f32>
    %1 = stablehlo.broadcast_in_dim %cst_0, dims = [] : (tensor<f32>) -> tensor<64xf32>
    %2 = stablehlo.maximum %1, %0 : tensor<64xf32>
    %3 = stablehlo.broadcast_in_dim %2, dims = [0] : (tensor<64xf32>) -> tensor<64x1xf32>
    %4 = stablehlo.broadcast_in_dim %3, dims = [0, 1] : (tensor<64x1xf32>) -> tensor<64x10xf32>
    %5 = stablehlo.subtract %arg0, %4 : tensor<64x10xf32>
    %6 = stablehlo.exponential %5 : tensor<64x10xf32>
    %cst_1 = stablehlo.constant dense<0.000000e+00> : tensor<f32>
    %7 = stablehlo.reduce(%6 init: %cst_1) applies stablehlo.add across dimensions = [1] : (tensor<64x10xf32>, tensor<f32>) -> tensor<64xf32>
    %8 = stablehlo.broadcast_in_dim %7, dims = [0] : (tensor<64xf32>) -> tensor<64x1xf32>
    %9 = stablehlo.log %8 : tensor<64x1xf32>
    %10 = stablehlo.broadcast_in_dim %9, dims = [0, 1] : (tensor<64x1xf32>) -> tensor<64x10xf32>
    %11 = stablehlo.subtract %5, %10 : tensor<64x10xf32>
    return %11, %6, %8 : tensor<64x10xf32>, tensor<64x10xf32>, tensor<64x1xf32>
  }
  func.func private @log_softmax_0(%arg0: tensor<64x10xf32>, %arg1: tensor<64x1xf32>, %arg2: tensor<64x10xf32>) -> tensor<64x10xf32> {
    %0 = stablehlo.negate %arg2 : tensor<64x10xf32>
    %cst = stablehlo.constant dense<0.000000e+00> : tensor<f32>
    %1 = stablehlo.reduce(%0 init: %cst) applies stablehlo.add across dimensions = [1] : (tensor<64x10xf32>, tensor<f32>) -> tensor<64xf32>
    %2 = stablehlo.reshape %1 : (tensor<64xf32>) -> tensor<64x1xf32>
    %3 = stablehlo.divide %2, %arg1 : tensor<64x1xf32>
    %cst_0 = stablehlo.constant dense<0.000000e+00> : tensor<f32>
    %4 = stablehlo.reduce(%3 init: %cst_0) applies stablehlo.add across dimensions = [1] : (tensor<64x1xf32>, tensor<f32>) -> tensor<64xf32>
    %5 = stablehlo.broadcast_in_dim %4, dims = [0] : (tensor<64xf32>) -> tensor<64x10xf32>
    %6 = stablehlo.multiply %5, %arg0 : tensor<64x10xf32>
    %7 = stablehlo.add %arg2, %6 : tensor<64x10xf32>
    return %7 : tensor<64x10xf32>
  }
}
