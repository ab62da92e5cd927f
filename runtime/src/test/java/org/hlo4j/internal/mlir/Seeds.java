package org.hlo4j.internal.mlir;

import java.util.List;

/** Short programs that meet most of what is done to a signature, to be mutated. */
final class Seeds {
  static final List<String> TEXTS =
      List.of(
          """
          module @m attributes {mhlo.num_replicas = 1 : i32} {
            func.func public @main(%a: tensor<4xf32> {tf.aliasing_output = 1 : i32}, // given away
                %dead: tensor<2xi8>, %b: tensor<4xf32> {mhlo.sharding = "{replicated}"} loc("b"))
                -> (tensor<4xf32> {jax.result_info = "result.a"}, tensor<4xf32>, tensor<4xf32>) {
              %0 = stablehlo.add %a, %b : tensor<4xf32>
              return %b, %0,
                  %0 : tensor<4xf32>, tensor<4xf32>, tensor<4xf32> loc(unknown)
            }
          }
          """,
          """
          "func.func"() <{function_type = (tensor<4xf32>, tensor<i1>) -> (tensor<4xf32>, tensor<i1>),
              sym_name = "main", arg_attrs = [{jax.buffer_donor = true}, {}]}> ({
          ^bb0(%x: tensor<4xf32>, %y: tensor<i1>):
            %0 = "stablehlo.abs"(%x) : (tensor<4xf32>) -> tensor<4xf32>
            "func.return"(%0, %y) : (tensor<4xf32>, tensor<i1>) -> ()
          }) : () -> ()
          """,
          """
          func.func @main(%x: tensor<4xf32>, %n: tensor<i32>) -> (tensor<4xf32>, tensor<i32>) {
            %0:2 = call @f(%x, %n) : (tensor<4xf32>, tensor<i32>) -> (tensor<4xf32>, tensor<i32>)
            %1:2 = stablehlo.while(%i = %0#0, %j = %n) : tensor<4xf32>, tensor<i32>
            cond {
              %2 = stablehlo.compare LT, %j, %j, SIGNED : (tensor<i32>, tensor<i32>) -> tensor<i1>
              stablehlo.return %2 : tensor<i1>
            } do {
              stablehlo.return %i, %j : tensor<4xf32>, tensor<i32>
            }
            return %1#0, %0#1 : tensor<4xf32>, tensor<i32>
          }
          func.func private @f(%a: tensor<4xf32>, %b: tensor<i32>) -> (tensor<4xf32>, tensor<i32>) {
            return %a, %b : tensor<4xf32>, tensor<i32>
          }
          """,
          """
          #map = affine_map<(d0) -> (d0)>
          !t = tensor<4xf32>
          func.func @main(%x: !t, %p: tensor<i1>) -> (!t, !t, tensor<f32>) {
            %0 = "stablehlo.if"(%p) ({
              stablehlo.return %x : !t
            }, {
              %2 = stablehlo.optimization_barrier %x : !t
              stablehlo.return %2 : !t
            }) : (tensor<i1>) -> !t
            %c = stablehlo.constant dense<[1.0, -2.5e3, 0x7FC00000, 4.0]> : tensor<4xf32>
            %z = stablehlo.constant dense<0.0> : tensor<f32>
            %1 = stablehlo.reduce(%c init: %z) applies stablehlo.add across dimensions = [0]
                : (tensor<4xf32>, tensor<f32>) -> tensor<f32>
            return %0, %c, %1 : !t, !t, tensor<f32>
          }
          """,
          """
          func.func @main(%x: tensor<4xf32>) -> tensor<4xf32> {
            %0 = "stablehlo.all_reduce"(%x) <{replica_groups = dense<0> : tensor<1x1xi64>}> ({
            ^bb0(%a: tensor<f32>, %b: tensor<f32>):
              %s = stablehlo.add %a, %b : tensor<f32>
              stablehlo.return %s : tensor<f32>
            }) : (tensor<4xf32>) -> tensor<4xf32>
            %1 = stablehlo.custom_call @f(%0) {called_computations = [@g]}
                : (tensor<4xf32>) -> tensor<4xf32>
            %2 = stablehlo.composite "a.b" %1 {decomposition = @g}
                : (tensor<4xf32>) -> tensor<4xf32>
            return %2 : tensor<4xf32>
          }
          func.func private @g(%x: tensor<4xf32>) -> tensor<4xf32> {
            return %x : tensor<4xf32>
          }
          """);

  private Seeds() {}
}
