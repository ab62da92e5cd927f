// Steps of the wave equation, two a round: the first is written where the older field was, the second where the newer
// one was. So the two fields never change places, and nothing is copied.
func.func @main(%now: tensor<360x640xf32>, %before: tensor<360x640xf32>, %speed: tensor<360x640xf32>, %keep: tensor<360x640xf32>,
    %source: tensor<360x640xf32>, %start: tensor<i32>, %steps: tensor<i32>) -> (tensor<360x640xf32>, tensor<360x640xf32>, tensor<360x640xui8>) {
  %end = stablehlo.add %start, %steps : tensor<i32>
  %fields:3 = stablehlo.while(%i = %start, %a = %now, %b = %before) : tensor<i32>, tensor<360x640xf32>, tensor<360x640xf32>
  cond {
    %more = stablehlo.compare LT, %i, %end : (tensor<i32>, tensor<i32>) -> tensor<i1>
    stablehlo.return %more : tensor<i1>
  } do {
    %b1 = func.call @step(%a, %b, %speed, %keep, %source, %i) : (tensor<360x640xf32>, tensor<360x640xf32>, tensor<360x640xf32>, tensor<360x640xf32>, tensor<360x640xf32>, tensor<i32>) -> tensor<360x640xf32>
    %one = stablehlo.constant dense<1> : tensor<i32>
    %i1 = stablehlo.add %i, %one : tensor<i32>
    %a1 = func.call @step(%b1, %a, %speed, %keep, %source, %i1) : (tensor<360x640xf32>, tensor<360x640xf32>, tensor<360x640xf32>, tensor<360x640xf32>, tensor<360x640xf32>, tensor<i32>) -> tensor<360x640xf32>
    %i2 = stablehlo.add %i1, %one : tensor<i32>
    stablehlo.return %i2, %a1, %b1 : tensor<i32>, tensor<360x640xf32>, tensor<360x640xf32>
  }

  // What is shown of the field: 0 to 62, and 31 for rest. High waves lose their tips softly.
  %gain = stablehlo.constant dense<1.6> : tensor<360x640xf32>
  %rest = stablehlo.constant dense<31.5> : tensor<360x640xf32>
  %reach = stablehlo.constant dense<31.4> : tensor<360x640xf32>
  %raised = stablehlo.multiply %fields#1, %gain : tensor<360x640xf32>
  %soft = stablehlo.tanh %raised : tensor<360x640xf32>
  %scaled = stablehlo.multiply %soft, %reach : tensor<360x640xf32>
  %shown = stablehlo.add %scaled, %rest : tensor<360x640xf32>
  %frame = stablehlo.convert %shown : (tensor<360x640xf32>) -> tensor<360x640xui8>
  return %fields#1, %fields#2, %frame : tensor<360x640xf32>, tensor<360x640xf32>, tensor<360x640xui8>
}

// a + keep * (a - b) + speed * (the sum of a's four neighbours - 4 a) + source * sin(2 pi i / 48)
func.func private @step(%a: tensor<360x640xf32>, %b: tensor<360x640xf32>, %speed: tensor<360x640xf32>, %keep: tensor<360x640xf32>,
    %source: tensor<360x640xf32>, %i: tensor<i32>) -> tensor<360x640xf32> {
  // The neighbours are the field itself, shifted by a cell; outside of it nothing moves.
  %nothing = stablehlo.constant dense<0.0> : tensor<f32>
  %up = stablehlo.pad %a, %nothing, low = [1, 0], high = [-1, 0], interior = [0, 0]
      : (tensor<360x640xf32>, tensor<f32>) -> tensor<360x640xf32>
  %down = stablehlo.pad %a, %nothing, low = [-1, 0], high = [1, 0], interior = [0, 0]
      : (tensor<360x640xf32>, tensor<f32>) -> tensor<360x640xf32>
  %left = stablehlo.pad %a, %nothing, low = [0, 1], high = [0, -1], interior = [0, 0]
      : (tensor<360x640xf32>, tensor<f32>) -> tensor<360x640xf32>
  %right = stablehlo.pad %a, %nothing, low = [0, -1], high = [0, 1], interior = [0, 0]
      : (tensor<360x640xf32>, tensor<f32>) -> tensor<360x640xf32>
  %four = stablehlo.constant dense<4.0> : tensor<360x640xf32>
  %vertical = stablehlo.add %up, %down : tensor<360x640xf32>
  %horizontal = stablehlo.add %left, %right : tensor<360x640xf32>
  %around = stablehlo.add %vertical, %horizontal : tensor<360x640xf32>
  %here = stablehlo.multiply %a, %four : tensor<360x640xf32>
  %bent = stablehlo.subtract %around, %here : tensor<360x640xf32>
  %pull = stablehlo.multiply %speed, %bent : tensor<360x640xf32>

  %moved = stablehlo.subtract %a, %b : tensor<360x640xf32>
  %kept = stablehlo.multiply %keep, %moved : tensor<360x640xf32>
  %coasting = stablehlo.add %a, %kept : tensor<360x640xf32>
  %pulled = stablehlo.add %coasting, %pull : tensor<360x640xf32>

  %angle = stablehlo.constant dense<0.1308997> : tensor<f32>
  %t = stablehlo.convert %i : (tensor<i32>) -> tensor<f32>
  %phase = stablehlo.multiply %t, %angle : tensor<f32>
  %sine = stablehlo.sine %phase : tensor<f32>
  %swing = stablehlo.broadcast_in_dim %sine, dims = [] : (tensor<f32>) -> tensor<360x640xf32>
  %driven = stablehlo.multiply %source, %swing : tensor<360x640xf32>
  %next = stablehlo.add %pulled, %driven : tensor<360x640xf32>
  return %next : tensor<360x640xf32>
}
