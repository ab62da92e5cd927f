// Black and Scholes: spot * N(d1) - strike * exp(-rate * years) * N(d2), where N is the normal distribution.
func.func @main(%strikes: tensor<5xf32>, %spot: tensor<f32>, %rate: tensor<f32>, %volatility: tensor<f32>,
    %years: tensor<f32>) -> tensor<5xf64> {
  %k = stablehlo.convert %strikes : (tensor<5xf32>) -> tensor<5xf64>
  %spot64 = stablehlo.convert %spot : (tensor<f32>) -> tensor<f64>
  %s = stablehlo.broadcast_in_dim %spot64, dims = [] : (tensor<f64>) -> tensor<5xf64>
  %rate64 = stablehlo.convert %rate : (tensor<f32>) -> tensor<f64>
  %r = stablehlo.broadcast_in_dim %rate64, dims = [] : (tensor<f64>) -> tensor<5xf64>
  %volatility64 = stablehlo.convert %volatility : (tensor<f32>) -> tensor<f64>
  %v = stablehlo.broadcast_in_dim %volatility64, dims = [] : (tensor<f64>) -> tensor<5xf64>
  %years64 = stablehlo.convert %years : (tensor<f32>) -> tensor<f64>
  %t = stablehlo.broadcast_in_dim %years64, dims = [] : (tensor<f64>) -> tensor<5xf64>
  %half = stablehlo.constant dense<0.5> : tensor<5xf64>

  %root = stablehlo.sqrt %t : tensor<5xf64>
  %spread = stablehlo.multiply %v, %root : tensor<5xf64>
  %moneyness = stablehlo.divide %s, %k : tensor<5xf64>
  %log = stablehlo.log %moneyness : tensor<5xf64>
  %v2 = stablehlo.multiply %v, %v : tensor<5xf64>
  %drag = stablehlo.multiply %v2, %half : tensor<5xf64>
  %growth = stablehlo.add %r, %drag : tensor<5xf64>
  %drift = stablehlo.multiply %growth, %t : tensor<5xf64>
  %above = stablehlo.add %log, %drift : tensor<5xf64>
  %d1 = stablehlo.divide %above, %spread : tensor<5xf64>
  %d2 = stablehlo.subtract %d1, %spread : tensor<5xf64>

  %root2 = stablehlo.constant dense<0.7071067811865476> : tensor<5xf64>
  %one = stablehlo.constant dense<1.0> : tensor<5xf64>
  %x1 = stablehlo.multiply %d1, %root2 : tensor<5xf64>
  %erf1 = chlo.erf %x1 : tensor<5xf64> -> tensor<5xf64>
  %twice1 = stablehlo.add %erf1, %one : tensor<5xf64>
  %n1 = stablehlo.multiply %twice1, %half : tensor<5xf64>
  %x2 = stablehlo.multiply %d2, %root2 : tensor<5xf64>
  %erf2 = chlo.erf %x2 : tensor<5xf64> -> tensor<5xf64>
  %twice2 = stablehlo.add %erf2, %one : tensor<5xf64>
  %n2 = stablehlo.multiply %twice2, %half : tensor<5xf64>

  %time = stablehlo.multiply %r, %t : tensor<5xf64>
  %back = stablehlo.negate %time : tensor<5xf64>
  %discount = stablehlo.exponential %back : tensor<5xf64>
  %owed = stablehlo.multiply %k, %discount : tensor<5xf64>
  %paid = stablehlo.multiply %owed, %n2 : tensor<5xf64>
  %got = stablehlo.multiply %s, %n1 : tensor<5xf64>
  %price = stablehlo.subtract %got, %paid : tensor<5xf64>
  return %price : tensor<5xf64>
}
