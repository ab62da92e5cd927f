// Each channel by itself, with the same nine weights; beyond the edges it is black.
func.func @main(%photo: tensor<300x448x3xui8>, %weights: tensor<3x3xf32>) -> tensor<300x448x3xui8> {
  %values = stablehlo.convert %photo : (tensor<300x448x3xui8>) -> tensor<300x448x3xf32>
  %batch = stablehlo.reshape %values : (tensor<300x448x3xf32>) -> tensor<1x300x448x3xf32>
  %filter = stablehlo.broadcast_in_dim %weights, dims = [0, 1] : (tensor<3x3xf32>) -> tensor<3x3x1x3xf32>
  %sums = stablehlo.convolution(%batch, %filter)
      dim_numbers = [b, 0, 1, f]x[0, 1, i, o]->[b, 0, 1, f],
      window = {pad = [[1, 1], [1, 1]]}
      {batch_group_count = 1 : i64, feature_group_count = 3 : i64}
      : (tensor<1x300x448x3xf32>, tensor<3x3x1x3xf32>) -> tensor<1x300x448x3xf32>

  %picture = stablehlo.reshape %sums : (tensor<1x300x448x3xf32>) -> tensor<300x448x3xf32>
  %black = stablehlo.constant dense<0.0> : tensor<f32>
  %white = stablehlo.constant dense<255.0> : tensor<f32>
  %shown = stablehlo.clamp %black, %picture, %white : (tensor<f32>, tensor<300x448x3xf32>, tensor<f32>) -> tensor<300x448x3xf32>
  %whole = stablehlo.round_nearest_even %shown : tensor<300x448x3xf32>
  %result = stablehlo.convert %whole : (tensor<300x448x3xf32>) -> tensor<300x448x3xui8>
  return %result : tensor<300x448x3xui8>
}
