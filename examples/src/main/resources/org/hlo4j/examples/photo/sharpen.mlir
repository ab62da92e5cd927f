// Five times each pixel without its four neighbours: what differs from them stands out.
//
// The neighbours are the photo itself, shifted by a pixel. A convolution with the same weights gives the same; see
// convolve.mlir.
func.func @main(%photo: tensor<300x448x3xui8>) -> tensor<300x448x3xui8> {
  %values = stablehlo.convert %photo : (tensor<300x448x3xui8>) -> tensor<300x448x3xf32>
  %black = stablehlo.constant dense<0.0> : tensor<f32>
  %up = stablehlo.pad %values, %black, low = [1, 0, 0], high = [-1, 0, 0], interior = [0, 0, 0]
      : (tensor<300x448x3xf32>, tensor<f32>) -> tensor<300x448x3xf32>
  %down = stablehlo.pad %values, %black, low = [-1, 0, 0], high = [1, 0, 0], interior = [0, 0, 0]
      : (tensor<300x448x3xf32>, tensor<f32>) -> tensor<300x448x3xf32>
  %left = stablehlo.pad %values, %black, low = [0, 1, 0], high = [0, -1, 0], interior = [0, 0, 0]
      : (tensor<300x448x3xf32>, tensor<f32>) -> tensor<300x448x3xf32>
  %right = stablehlo.pad %values, %black, low = [0, -1, 0], high = [0, 1, 0], interior = [0, 0, 0]
      : (tensor<300x448x3xf32>, tensor<f32>) -> tensor<300x448x3xf32>
  %vertical = stablehlo.add %up, %down : tensor<300x448x3xf32>
  %horizontal = stablehlo.add %left, %right : tensor<300x448x3xf32>
  %around = stablehlo.add %vertical, %horizontal : tensor<300x448x3xf32>
  %five = stablehlo.constant dense<5.0> : tensor<300x448x3xf32>
  %strong = stablehlo.multiply %values, %five : tensor<300x448x3xf32>
  %sharper = stablehlo.subtract %strong, %around : tensor<300x448x3xf32>

  %white = stablehlo.constant dense<255.0> : tensor<f32>
  %shown = stablehlo.clamp %black, %sharper, %white : (tensor<f32>, tensor<300x448x3xf32>, tensor<f32>) -> tensor<300x448x3xf32>
  %result = stablehlo.convert %shown : (tensor<300x448x3xf32>) -> tensor<300x448x3xui8>
  return %result : tensor<300x448x3xui8>
}
