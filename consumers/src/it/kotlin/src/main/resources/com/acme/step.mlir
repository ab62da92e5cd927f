// One step of k-means: each of 300 points goes to the nearest of 3 centers, which then move to the
// mean of theirs.
func.func @main(%points: tensor<300x2xf32>, %centers: tensor<3x2xf32>)
    -> (tensor<3x2xf32>, tensor<f32>) {
  %zero = stablehlo.constant dense<0.0> : tensor<f32>
  %far = stablehlo.constant dense<0x7F800000> : tensor<f32>
  %one = stablehlo.constant dense<1.0> : tensor<3x2xf32>

  // Squared distances of all points from all centers.
  %p = stablehlo.broadcast_in_dim %points, dims = [0, 2] : (tensor<300x2xf32>) -> tensor<300x3x2xf32>
  %c = stablehlo.broadcast_in_dim %centers, dims = [1, 2] : (tensor<3x2xf32>) -> tensor<300x3x2xf32>
  %way = stablehlo.subtract %p, %c : tensor<300x3x2xf32>
  %square = stablehlo.multiply %way, %way : tensor<300x3x2xf32>
  %distance = stablehlo.reduce(%square init: %zero) applies stablehlo.add across dimensions = [2]
      : (tensor<300x3x2xf32>, tensor<f32>) -> tensor<300x3xf32>

  // 1 where a center is the nearest of a point, and 0 elsewhere.
  %least = stablehlo.reduce(%distance init: %far) applies stablehlo.minimum across dimensions = [1]
      : (tensor<300x3xf32>, tensor<f32>) -> tensor<300xf32>
  %least3 = stablehlo.broadcast_in_dim %least, dims = [0] : (tensor<300xf32>) -> tensor<300x3xf32>
  %is_nearest = stablehlo.compare EQ, %distance, %least3
      : (tensor<300x3xf32>, tensor<300x3xf32>) -> tensor<300x3xi1>
  %nearest = stablehlo.convert %is_nearest : (tensor<300x3xi1>) -> tensor<300x3xf32>

  %sum = stablehlo.dot_general %nearest, %points, contracting_dims = [0] x [0]
      : (tensor<300x3xf32>, tensor<300x2xf32>) -> tensor<3x2xf32>
  %count = stablehlo.reduce(%nearest init: %zero) applies stablehlo.add across dimensions = [0]
      : (tensor<300x3xf32>, tensor<f32>) -> tensor<3xf32>
  %count2 = stablehlo.broadcast_in_dim %count, dims = [0] : (tensor<3xf32>) -> tensor<3x2xf32>
  %divisor = stablehlo.maximum %count2, %one : tensor<3x2xf32>
  %moved = stablehlo.divide %sum, %divisor : tensor<3x2xf32>
  %spread = stablehlo.reduce(%least init: %zero) applies stablehlo.add across dimensions = [0]
      : (tensor<300xf32>, tensor<f32>) -> tensor<f32>
  return %moved, %spread : tensor<3x2xf32>, tensor<f32>
}
