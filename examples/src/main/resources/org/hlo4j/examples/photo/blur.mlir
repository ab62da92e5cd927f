// A soft blur: nine rows, and then nine columns, with the weights of a row of Pascal's triangle, which add up to 256.
//
// Shifted pictures that are added up become one loop; for so few channels that is much faster than a convolution.
// Beyond the edges it is black.
func.func @main(%photo: tensor<300x448x3xui8>) -> tensor<300x448x3xui8> {
  %values = stablehlo.convert %photo : (tensor<300x448x3xui8>) -> tensor<300x448x3xf32>
  %black = stablehlo.constant dense<0.0> : tensor<f32>
  %w0 = stablehlo.constant dense<1.0> : tensor<300x448x3xf32>
  %w1 = stablehlo.constant dense<8.0> : tensor<300x448x3xf32>
  %w2 = stablehlo.constant dense<28.0> : tensor<300x448x3xf32>
  %w3 = stablehlo.constant dense<56.0> : tensor<300x448x3xf32>
  %w4 = stablehlo.constant dense<70.0> : tensor<300x448x3xf32>

  %rowsPadded = stablehlo.pad %values, %black, low = [4, 0, 0], high = [4, 0, 0], interior = [0, 0, 0]
      : (tensor<300x448x3xf32>, tensor<f32>) -> tensor<308x448x3xf32>
  %row0 = stablehlo.slice %rowsPadded [0:300, 0:448, 0:3] : (tensor<308x448x3xf32>) -> tensor<300x448x3xf32>
  %row1 = stablehlo.slice %rowsPadded [1:301, 0:448, 0:3] : (tensor<308x448x3xf32>) -> tensor<300x448x3xf32>
  %row2 = stablehlo.slice %rowsPadded [2:302, 0:448, 0:3] : (tensor<308x448x3xf32>) -> tensor<300x448x3xf32>
  %row3 = stablehlo.slice %rowsPadded [3:303, 0:448, 0:3] : (tensor<308x448x3xf32>) -> tensor<300x448x3xf32>
  %row4 = stablehlo.slice %rowsPadded [4:304, 0:448, 0:3] : (tensor<308x448x3xf32>) -> tensor<300x448x3xf32>
  %row5 = stablehlo.slice %rowsPadded [5:305, 0:448, 0:3] : (tensor<308x448x3xf32>) -> tensor<300x448x3xf32>
  %row6 = stablehlo.slice %rowsPadded [6:306, 0:448, 0:3] : (tensor<308x448x3xf32>) -> tensor<300x448x3xf32>
  %row7 = stablehlo.slice %rowsPadded [7:307, 0:448, 0:3] : (tensor<308x448x3xf32>) -> tensor<300x448x3xf32>
  %row8 = stablehlo.slice %rowsPadded [8:308, 0:448, 0:3] : (tensor<308x448x3xf32>) -> tensor<300x448x3xf32>
  %rowPair0 = stablehlo.add %row0, %row8 : tensor<300x448x3xf32>
  %rowPart0 = stablehlo.multiply %rowPair0, %w0 : tensor<300x448x3xf32>
  %rowPair1 = stablehlo.add %row1, %row7 : tensor<300x448x3xf32>
  %rowPart1 = stablehlo.multiply %rowPair1, %w1 : tensor<300x448x3xf32>
  %rowPair2 = stablehlo.add %row2, %row6 : tensor<300x448x3xf32>
  %rowPart2 = stablehlo.multiply %rowPair2, %w2 : tensor<300x448x3xf32>
  %rowPair3 = stablehlo.add %row3, %row5 : tensor<300x448x3xf32>
  %rowPart3 = stablehlo.multiply %rowPair3, %w3 : tensor<300x448x3xf32>
  %rowPart4 = stablehlo.multiply %row4, %w4 : tensor<300x448x3xf32>
  %rowSum1 = stablehlo.add %rowPart0, %rowPart1 : tensor<300x448x3xf32>
  %rowSum2 = stablehlo.add %rowSum1, %rowPart2 : tensor<300x448x3xf32>
  %rowSum3 = stablehlo.add %rowSum2, %rowPart3 : tensor<300x448x3xf32>
  %rows = stablehlo.add %rowSum3, %rowPart4 : tensor<300x448x3xf32>

  %columnsPadded = stablehlo.pad %rows, %black, low = [0, 4, 0], high = [0, 4, 0], interior = [0, 0, 0]
      : (tensor<300x448x3xf32>, tensor<f32>) -> tensor<300x456x3xf32>
  %column0 = stablehlo.slice %columnsPadded [0:300, 0:448, 0:3] : (tensor<300x456x3xf32>) -> tensor<300x448x3xf32>
  %column1 = stablehlo.slice %columnsPadded [0:300, 1:449, 0:3] : (tensor<300x456x3xf32>) -> tensor<300x448x3xf32>
  %column2 = stablehlo.slice %columnsPadded [0:300, 2:450, 0:3] : (tensor<300x456x3xf32>) -> tensor<300x448x3xf32>
  %column3 = stablehlo.slice %columnsPadded [0:300, 3:451, 0:3] : (tensor<300x456x3xf32>) -> tensor<300x448x3xf32>
  %column4 = stablehlo.slice %columnsPadded [0:300, 4:452, 0:3] : (tensor<300x456x3xf32>) -> tensor<300x448x3xf32>
  %column5 = stablehlo.slice %columnsPadded [0:300, 5:453, 0:3] : (tensor<300x456x3xf32>) -> tensor<300x448x3xf32>
  %column6 = stablehlo.slice %columnsPadded [0:300, 6:454, 0:3] : (tensor<300x456x3xf32>) -> tensor<300x448x3xf32>
  %column7 = stablehlo.slice %columnsPadded [0:300, 7:455, 0:3] : (tensor<300x456x3xf32>) -> tensor<300x448x3xf32>
  %column8 = stablehlo.slice %columnsPadded [0:300, 8:456, 0:3] : (tensor<300x456x3xf32>) -> tensor<300x448x3xf32>
  %columnPair0 = stablehlo.add %column0, %column8 : tensor<300x448x3xf32>
  %columnPart0 = stablehlo.multiply %columnPair0, %w0 : tensor<300x448x3xf32>
  %columnPair1 = stablehlo.add %column1, %column7 : tensor<300x448x3xf32>
  %columnPart1 = stablehlo.multiply %columnPair1, %w1 : tensor<300x448x3xf32>
  %columnPair2 = stablehlo.add %column2, %column6 : tensor<300x448x3xf32>
  %columnPart2 = stablehlo.multiply %columnPair2, %w2 : tensor<300x448x3xf32>
  %columnPair3 = stablehlo.add %column3, %column5 : tensor<300x448x3xf32>
  %columnPart3 = stablehlo.multiply %columnPair3, %w3 : tensor<300x448x3xf32>
  %columnPart4 = stablehlo.multiply %column4, %w4 : tensor<300x448x3xf32>
  %columnSum1 = stablehlo.add %columnPart0, %columnPart1 : tensor<300x448x3xf32>
  %columnSum2 = stablehlo.add %columnSum1, %columnPart2 : tensor<300x448x3xf32>
  %columnSum3 = stablehlo.add %columnSum2, %columnPart3 : tensor<300x448x3xf32>
  %columns = stablehlo.add %columnSum3, %columnPart4 : tensor<300x448x3xf32>

  %all = stablehlo.constant dense<65536.0> : tensor<300x448x3xf32>
  %mean = stablehlo.divide %columns, %all : tensor<300x448x3xf32>
  %whole = stablehlo.round_nearest_even %mean : tensor<300x448x3xf32>
  %blurred = stablehlo.convert %whole : (tensor<300x448x3xf32>) -> tensor<300x448x3xui8>
  return %blurred : tensor<300x448x3xui8>
}
