// How soon z = z * z + c leaves the disk of radius 8, for 40 rows of 3840 points c = x + yi.
//
// Four steps are made between two looks at |z|, since looking costs as much as a step. The formula at the end does not
// mind: it takes from how far out z has got what it has stepped too much.
func.func @main(%x: tensor<3840xf32>, %y: tensor<40xf32>) -> tensor<40x3840xf32> {
  %xs = stablehlo.broadcast_in_dim %x, dims = [1] : (tensor<3840xf32>) -> tensor<40x3840xf32>
  %ys = stablehlo.broadcast_in_dim %y, dims = [0] : (tensor<40xf32>) -> tensor<40x3840xf32>
  %c = stablehlo.complex %xs, %ys : tensor<40x3840xcomplex<f32>>

  %origin = stablehlo.constant dense<(0.0, 0.0)> : tensor<40x3840xcomplex<f32>>
  %none = stablehlo.constant dense<0.0> : tensor<40x3840xf32>
  %four = stablehlo.constant dense<4.0> : tensor<40x3840xf32>
  %limit = stablehlo.constant dense<64.0> : tensor<40x3840xf32>
  %first = stablehlo.constant dense<0> : tensor<i32>
  %stride = stablehlo.constant dense<4> : tensor<i32>
  %last = stablehlo.constant dense<512> : tensor<i32>
  %true = stablehlo.constant dense<true> : tensor<i1>
  %false = stablehlo.constant dense<false> : tensor<i1>

  // %n counts each point's steps; the loop ends early when no point is left inside.
  %end:4 = stablehlo.while(%step = %first, %z = %origin, %n = %none, %left = %true)
      : tensor<i32>, tensor<40x3840xcomplex<f32>>, tensor<40x3840xf32>, tensor<i1>
  cond {
    %more = stablehlo.compare LT, %step, %last : (tensor<i32>, tensor<i32>) -> tensor<i1>
    %go = stablehlo.and %more, %left : tensor<i1>
    stablehlo.return %go : tensor<i1>
  } do {
    %re = stablehlo.real %z : (tensor<40x3840xcomplex<f32>>) -> tensor<40x3840xf32>
    %im = stablehlo.imag %z : (tensor<40x3840xcomplex<f32>>) -> tensor<40x3840xf32>
    %re2 = stablehlo.multiply %re, %re : tensor<40x3840xf32>
    %im2 = stablehlo.multiply %im, %im : tensor<40x3840xf32>
    %abs2 = stablehlo.add %re2, %im2 : tensor<40x3840xf32>
    %inside = stablehlo.compare LT, %abs2, %limit : (tensor<40x3840xf32>, tensor<40x3840xf32>) -> tensor<40x3840xi1>

    %a2 = stablehlo.multiply %z, %z : tensor<40x3840xcomplex<f32>>
    %a = stablehlo.add %a2, %c : tensor<40x3840xcomplex<f32>>
    %b2 = stablehlo.multiply %a, %a : tensor<40x3840xcomplex<f32>>
    %b = stablehlo.add %b2, %c : tensor<40x3840xcomplex<f32>>
    %d2 = stablehlo.multiply %b, %b : tensor<40x3840xcomplex<f32>>
    %d = stablehlo.add %d2, %c : tensor<40x3840xcomplex<f32>>
    %e2 = stablehlo.multiply %d, %d : tensor<40x3840xcomplex<f32>>
    %e = stablehlo.add %e2, %c : tensor<40x3840xcomplex<f32>>

    %next = stablehlo.select %inside, %e, %z : tensor<40x3840xi1>, tensor<40x3840xcomplex<f32>>
    %made = stablehlo.select %inside, %four, %none : tensor<40x3840xi1>, tensor<40x3840xf32>
    %count = stablehlo.add %n, %made : tensor<40x3840xf32>
    %some = stablehlo.reduce(%inside init: %false) applies stablehlo.or across dimensions = [0, 1]
        : (tensor<40x3840xi1>, tensor<i1>) -> tensor<i1>
    %following = stablehlo.add %step, %stride : tensor<i32>
    stablehlo.return %following, %next, %count, %some
        : tensor<i32>, tensor<40x3840xcomplex<f32>>, tensor<40x3840xf32>, tensor<i1>
  }

  // n - log2(ln |z|): a fraction of a step between two points that took equally many. Points that stayed get 0.
  %zr = stablehlo.real %end#1 : (tensor<40x3840xcomplex<f32>>) -> tensor<40x3840xf32>
  %zi = stablehlo.imag %end#1 : (tensor<40x3840xcomplex<f32>>) -> tensor<40x3840xf32>
  %zr2 = stablehlo.multiply %zr, %zr : tensor<40x3840xf32>
  %zi2 = stablehlo.multiply %zi, %zi : tensor<40x3840xf32>
  %z2 = stablehlo.add %zr2, %zi2 : tensor<40x3840xf32>
  %outside = stablehlo.compare GE, %z2, %limit : (tensor<40x3840xf32>, tensor<40x3840xf32>) -> tensor<40x3840xi1>
  %half = stablehlo.constant dense<0.5> : tensor<40x3840xf32>
  %perOctave = stablehlo.constant dense<1.442695> : tensor<40x3840xf32>
  %ln2 = stablehlo.log %z2 : tensor<40x3840xf32>
  %ln = stablehlo.multiply %ln2, %half : tensor<40x3840xf32>
  %lnln = stablehlo.log %ln : tensor<40x3840xf32>
  %tooMuch = stablehlo.multiply %lnln, %perOctave : tensor<40x3840xf32>
  %smooth = stablehlo.subtract %end#2, %tooMuch : tensor<40x3840xf32>
  %result = stablehlo.select %outside, %smooth, %none : tensor<40x3840xi1>, tensor<40x3840xf32>
  return %result : tensor<40x3840xf32>
}
