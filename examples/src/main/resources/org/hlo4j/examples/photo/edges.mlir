// Sobel's edges: how fast brightness changes, from left to right and from top to bottom, by one convolution with two
// filters; and the length of the two together.
func.func @main(%photo: tensor<300x448x3xui8>) -> tensor<300x448x3xui8> {
  %values = stablehlo.convert %photo : (tensor<300x448x3xui8>) -> tensor<300x448x3xf32>
  %black = stablehlo.constant dense<0.0> : tensor<f32>
  %sum = stablehlo.reduce(%values init: %black) applies stablehlo.add across dimensions = [2]
      : (tensor<300x448x3xf32>, tensor<f32>) -> tensor<300x448xf32>
  %third = stablehlo.constant dense<0.333333343> : tensor<300x448xf32>
  %grey = stablehlo.multiply %sum, %third : tensor<300x448xf32>
  %batch = stablehlo.reshape %grey : (tensor<300x448xf32>) -> tensor<1x300x448x1xf32>

  %filters = stablehlo.constant dense<[
      [[[-1.0, -1.0]], [[0.0, -2.0]], [[1.0, -1.0]]],
      [[[-2.0,  0.0]], [[0.0,  0.0]], [[2.0,  0.0]]],
      [[[-1.0,  1.0]], [[0.0,  2.0]], [[1.0,  1.0]]]]> : tensor<3x3x1x2xf32>
  %slopes = stablehlo.convolution(%batch, %filters)
      dim_numbers = [b, 0, 1, f]x[0, 1, i, o]->[b, 0, 1, f],
      window = {pad = [[1, 1], [1, 1]]}
      {batch_group_count = 1 : i64, feature_group_count = 1 : i64}
      : (tensor<1x300x448x1xf32>, tensor<3x3x1x2xf32>) -> tensor<1x300x448x2xf32>
  %squares = stablehlo.multiply %slopes, %slopes : tensor<1x300x448x2xf32>
  %steepness = stablehlo.reduce(%squares init: %black) applies stablehlo.add across dimensions = [0, 3]
      : (tensor<1x300x448x2xf32>, tensor<f32>) -> tensor<300x448xf32>
  %length = stablehlo.sqrt %steepness : tensor<300x448xf32>

  %white = stablehlo.constant dense<255.0> : tensor<f32>
  %shown = stablehlo.clamp %black, %length, %white : (tensor<f32>, tensor<300x448xf32>, tensor<f32>) -> tensor<300x448xf32>
  %whole = stablehlo.convert %shown : (tensor<300x448xf32>) -> tensor<300x448xui8>
  %edges = stablehlo.broadcast_in_dim %whole, dims = [0, 1] : (tensor<300x448xui8>) -> tensor<300x448x3xui8>
  return %edges : tensor<300x448x3xui8>
}
