#loc = loc(unknown)
#loc1 = loc("x")
module @jit_pick attributes {jax.uses_shape_polymorphism = true, mhlo.num_partitions = 1 : i32, mhlo.num_replicas = 1 : i32} {
  func.func public @main(%arg0: tensor<i32> {jax.global_constant = "_platform_index"} loc(unknown), %arg1: tensor<3xf32> loc("x")) -> (tensor<3xf32> {jax.result_info = "result"}) {
    %cst = stablehlo.constant dense<1.000000e+00> : tensor<f32> loc(#loc)
    %cst_0 = stablehlo.constant dense<1.000000e+02> : tensor<f32> loc(#loc)
    %c = stablehlo.constant dense<0> : tensor<i32> loc(#loc)
    %c_1 = stablehlo.constant dense<1> : tensor<i32> loc(#loc)
    %0 = "stablehlo.case"(%arg0) ({
      stablehlo.return %c_1 : tensor<i32> loc(#loc12)
    }, {
      stablehlo.return %c : tensor<i32> loc(#loc12)
    }) : (tensor<i32>) -> tensor<i32> loc(#loc12)
    %1 = "stablehlo.case"(%0) ({
      stablehlo.return %c : tensor<i32> loc(#loc12)
    }, {
      stablehlo.return %c_1 : tensor<i32> loc(#loc12)
    }) : (tensor<i32>) -> tensor<i32> loc(#loc12)
    %2 = "stablehlo.case"(%1) ({
      stablehlo.return %c_1 : tensor<i32> loc(#loc13)
    }, {
      stablehlo.return %c : tensor<i32> loc(#loc13)
    }) : (tensor<i32>) -> tensor<i32> loc(#loc13)
    %3 = "stablehlo.case"(%2) ({
      %4 = stablehlo.broadcast_in_dim %cst_0, dims = [] : (tensor<f32>) -> tensor<3xf32> loc(#loc16)
      %5 = stablehlo.add %arg1, %4 : tensor<3xf32> loc(#loc16)
      stablehlo.return %5 : tensor<3xf32> loc(#loc13)
    }, {
      %4 = stablehlo.broadcast_in_dim %cst, dims = [] : (tensor<f32>) -> tensor<3xf32> loc(#loc17)
      %5 = stablehlo.add %arg1, %4 : tensor<3xf32> loc(#loc17)
      stablehlo.return %5 : tensor<3xf32> loc(#loc13)
    }) : (tensor<i32>) -> tensor<3xf32> loc(#loc13)
    return %3 : tensor<3xf32> loc(#loc11)
  } loc(#loc)
} loc(#loc)
#loc2 = loc("make_exported.py":24:11 to :81)
#loc3 = loc("make_exported.py":34:10 to :73)
#loc4 = loc("make_exported.py":24:73 to :80)
#loc5 = loc("make_exported.py":24:51 to :56)
#loc6 = loc("pick"(#loc2))
#loc7 = loc("<module>"(#loc3))
#loc8 = loc("pick.<locals>.<lambda>"(#loc4))
#loc9 = loc("pick.<locals>.<lambda>"(#loc5))
#loc10 = loc(callsite(#loc6 at #loc7))
#loc11 = loc("jit(pick)"(#loc7))
#loc12 = loc("jit(pick)/platform_index"(#loc10))
#loc13 = loc("jit(pick)/cond"(#loc10))
#loc14 = loc(callsite(#loc8 at #loc10))
#loc15 = loc(callsite(#loc9 at #loc10))
#loc16 = loc("jit(pick)/cond/branch_0_fun/add"(#loc14))
#loc17 = loc("jit(pick)/cond/branch_1_fun/add"(#loc15))
