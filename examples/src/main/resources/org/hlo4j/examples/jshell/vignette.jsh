// Asynchronous dispatch, step by step. Each line can be typed into JShell as it stands.
// The kernels are those of org.hlo4j.examples.vignette.Matrices: a processor generated their stubs.

import org.hlo4j.*
import org.hlo4j.examples.vignette.*
import org.hlo4j.type.Shape

Pjrt client = Pjrt.open()
Device device = client.device()

// One after the other: each call waits for its result.

Matrices sync = MatricesKernels.sync(device)
DeviceBuffer<Small> x = device.put(Small.class, new float[][] {{1, 2}, {3, 4}})
DeviceBuffer<Small> y = device.put(Small.class, new float[][] {{5, 6}, {7, 8}})
System.out.println("x + y is a " + sync.add(x, y))

// At once: a call answers a promise, and a promise is an argument.

MatricesAsync async = MatricesKernels.async(device)
BufferPromise<Small> a = device.putAsync(Small.class, new float[] {1, 2, 3, 4})
BufferPromise<Small> b = async.add(async.add(a, a), y)
Promise<float[]> values = b.toFloatArrayAsync()
System.out.println("Nothing has waited until now: " + Arrays.toString(values.value()))

// A loop that never waits: each result goes into the next step, and the last one is read.

BufferPromise<Square> state = device.putAsync(Square.class, new float[Square.SIZE * Square.SIZE])
float[] halves = new float[Square.SIZE * Square.SIZE]
Arrays.fill(halves, 0.5f)
BufferPromise<Square> factors = device.putAsync(Square.class, halves)
state = device.putAsync(Square.class, halves)
for (int step = 1; step <= 5; step++) {
  state = async.multiplyAdd(state, factors);
}
System.out.println("0.5 * 1.5^5 = " + state.toFloatArray()[0])

// Java works while the device does.

float[] large = new float[Large.SIZE * Large.SIZE]
Arrays.fill(large, 0.25f)
BufferPromise<Large> product = async.square(device.putAsync(Large.class, large))
double sum = 0
for (float value : large) {
  sum += value;
}
System.out.println("The sum of all elements is " + sum + ", and a row times a column " + product.toFloatArray()[0])

// A program that is made up on the spot.

Program program = Program.of("""
    func.func @main(%x: tensor<3xi32>) -> tensor<3xi32> {
      %0 = stablehlo.multiply %x, %x : tensor<3xi32>
      return %0 : tensor<3xi32>
    }
    """)
Executable squares = device.compile(program)
Tensor<?> numbers = device.put(Shape.parse("tensor<3xi32>"), new int[] {1, 2, 3})
System.out.println("Squares: " + Arrays.toString((int[]) squares.execute(numbers).get(0).toArray()))

client.close()
