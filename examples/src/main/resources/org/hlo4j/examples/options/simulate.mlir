// Sends 262144 prices to the day of expiry, and adds up what five calls on them pay there, and the squares of that.
//
// The key makes the random numbers: another key, other numbers; the same key, the same.
func.func @main(%key: tensor<2xui64>, %strikes: tensor<5xf32>,
    %spot: tensor<f32>, %rate: tensor<f32>, %volatility: tensor<f32>, %years: tensor<f32>)
    -> (tensor<5xf64>, tensor<5xf64>) {
  %used, %bits = stablehlo.rng_bit_generator %key, algorithm = THREE_FRY
      : (tensor<2xui64>) -> (tensor<2xui64>, tensor<1x262144xui32>)

  // The upper 23 bits make numbers between -1 and 1, with neither of them.
  %nine = stablehlo.constant dense<9> : tensor<1x262144xui32>
  %upper = stablehlo.shift_right_logical %bits, %nine : tensor<1x262144xui32>
  %whole = stablehlo.convert %upper : (tensor<1x262144xui32>) -> tensor<1x262144xf32>
  %middle = stablehlo.constant dense<0.5> : tensor<1x262144xf32>
  %unit = stablehlo.constant dense<2.3841858e-7> : tensor<1x262144xf32>
  %one = stablehlo.constant dense<1.0> : tensor<1x262144xf32>
  %shifted = stablehlo.add %whole, %middle : tensor<1x262144xf32>
  %scaled = stablehlo.multiply %shifted, %unit : tensor<1x262144xf32>
  %uniform = stablehlo.subtract %scaled, %one : tensor<1x262144xf32>

  // The inverse of the normal distribution makes those normally distributed.
  %inverse = chlo.erf_inv %uniform : tensor<1x262144xf32> -> tensor<1x262144xf32>
  %root2 = stablehlo.constant dense<1.4142135> : tensor<1x262144xf32>
  %normal = stablehlo.multiply %inverse, %root2 : tensor<1x262144xf32>

  // spot * exp((rate - volatility^2 / 2) * years + volatility * sqrt(years) * normal)
  %half = stablehlo.constant dense<0.5> : tensor<f32>
  %variance = stablehlo.multiply %volatility, %volatility : tensor<f32>
  %drag = stablehlo.multiply %variance, %half : tensor<f32>
  %growth = stablehlo.subtract %rate, %drag : tensor<f32>
  %drift = stablehlo.multiply %growth, %years : tensor<f32>
  %root = stablehlo.sqrt %years : tensor<f32>
  %spread = stablehlo.multiply %volatility, %root : tensor<f32>
  %spreads = stablehlo.broadcast_in_dim %spread, dims = [] : (tensor<f32>) -> tensor<1x262144xf32>
  %drifts = stablehlo.broadcast_in_dim %drift, dims = [] : (tensor<f32>) -> tensor<1x262144xf32>
  %spots = stablehlo.broadcast_in_dim %spot, dims = [] : (tensor<f32>) -> tensor<1x262144xf32>
  %random = stablehlo.multiply %normal, %spreads : tensor<1x262144xf32>
  %exponent = stablehlo.add %random, %drifts : tensor<1x262144xf32>
  %factor = stablehlo.exponential %exponent : tensor<1x262144xf32>
  %price = stablehlo.multiply %factor, %spots : tensor<1x262144xf32>

  // What each call pays, as it is worth today.
  %block = stablehlo.reshape %price : (tensor<1x262144xf32>) -> tensor<2048x128xf32>
  %prices = stablehlo.broadcast_in_dim %block, dims = [1, 2] : (tensor<2048x128xf32>) -> tensor<5x2048x128xf32>
  %strike = stablehlo.broadcast_in_dim %strikes, dims = [0] : (tensor<5xf32>) -> tensor<5x2048x128xf32>
  %over = stablehlo.subtract %prices, %strike : tensor<5x2048x128xf32>
  %nothing = stablehlo.constant dense<0.0> : tensor<5x2048x128xf32>
  %paid = stablehlo.maximum %over, %nothing : tensor<5x2048x128xf32>
  %time = stablehlo.multiply %rate, %years : tensor<f32>
  %back = stablehlo.negate %time : tensor<f32>
  %discount = stablehlo.exponential %back : tensor<f32>
  %discounts = stablehlo.broadcast_in_dim %discount, dims = [] : (tensor<f32>) -> tensor<5x2048x128xf32>
  %worth = stablehlo.multiply %paid, %discounts : tensor<5x2048x128xf32>

  // Columns of 2048 are added up first: side by side, and while the sums are small enough for 32 bits.
  %squares = stablehlo.multiply %worth, %worth : tensor<5x2048x128xf32>
  %none = stablehlo.constant dense<0.0> : tensor<f32>
  %short = stablehlo.reduce(%worth init: %none) applies stablehlo.add across dimensions = [1]
      : (tensor<5x2048x128xf32>, tensor<f32>) -> tensor<5x128xf32>
  %shortOfSquares = stablehlo.reduce(%squares init: %none) applies stablehlo.add across dimensions = [1]
      : (tensor<5x2048x128xf32>, tensor<f32>) -> tensor<5x128xf32>
  %columns = stablehlo.convert %short : (tensor<5x128xf32>) -> tensor<5x128xf64>
  %columnsOfSquares = stablehlo.convert %shortOfSquares : (tensor<5x128xf32>) -> tensor<5x128xf64>
  %zero = stablehlo.constant dense<0.0> : tensor<f64>
  %sum = stablehlo.reduce(%columns init: %zero) applies stablehlo.add across dimensions = [1]
      : (tensor<5x128xf64>, tensor<f64>) -> tensor<5xf64>
  %sumOfSquares = stablehlo.reduce(%columnsOfSquares init: %zero) applies stablehlo.add across dimensions = [1]
      : (tensor<5x128xf64>, tensor<f64>) -> tensor<5xf64>
  return %sum, %sumOfSquares : tensor<5xf64>, tensor<5xf64>
}
