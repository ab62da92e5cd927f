package org.hlo4j.tests;

import static com.google.common.truth.Truth.assertThat;
import static org.junit.jupiter.api.Assertions.assertThrows;

import java.lang.foreign.Arena;
import java.lang.foreign.MemorySegment;
import java.lang.foreign.ValueLayout;
import java.util.stream.Stream;
import org.hlo4j.Device;
import org.hlo4j.DeviceBuffer;
import org.hlo4j.Tensor;
import org.hlo4j.error.ArgumentException;
import org.hlo4j.type.ElementType;
import org.hlo4j.type.Shape;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

@Tag("plugins")
final class HostDataTest {
  private final Device device = Plugin.device();

  static Stream<Arguments> arrays() {
    return Stream.of(
        Arguments.of(ElementType.I1, new boolean[] {true, false, false, true}),
        Arguments.of(ElementType.I8, new byte[] {Byte.MIN_VALUE, -1, 0, Byte.MAX_VALUE}),
        Arguments.of(ElementType.U8, new byte[] {Byte.MIN_VALUE, -1, 0, Byte.MAX_VALUE}),
        Arguments.of(ElementType.I16, new short[] {Short.MIN_VALUE, -1, 0, Short.MAX_VALUE}),
        Arguments.of(ElementType.U16, new short[] {Short.MIN_VALUE, -1, 0, Short.MAX_VALUE}),
        Arguments.of(ElementType.I32, new int[] {Integer.MIN_VALUE, -1, 0, Integer.MAX_VALUE}),
        Arguments.of(ElementType.U32, new int[] {Integer.MIN_VALUE, -1, 0, Integer.MAX_VALUE}),
        Arguments.of(ElementType.I64, new long[] {Long.MIN_VALUE, -1, 0, Long.MAX_VALUE}),
        Arguments.of(ElementType.U64, new long[] {Long.MIN_VALUE, -1, 0, Long.MAX_VALUE}),
        Arguments.of(
            ElementType.F32,
            new float[] {Float.MIN_VALUE, -0f, Float.NEGATIVE_INFINITY, Float.MAX_VALUE}),
        Arguments.of(
            ElementType.F64,
            new double[] {Double.MIN_VALUE, -0d, Double.NEGATIVE_INFINITY, Double.MAX_VALUE}),
        Arguments.of(ElementType.F16, new float[] {0.5f, -2, 65504, Float.POSITIVE_INFINITY}),
        Arguments.of(ElementType.BF16, new float[] {0.5f, -2, 0x1p120f, Float.POSITIVE_INFINITY}));
  }

  @ParameterizedTest
  @MethodSource("arrays")
  void elementsComeBackAsTheyWentIn(ElementType type, Object values) {
    Shape shape = Shape.of(type, 2, 2);

    DeviceBuffer<?> buffer = device.put(shape, values);

    assertThat(buffer.toArray()).isEqualTo(values);
    assertThat(buffer.toArrayAsync().value()).isEqualTo(values);
    assertThat(buffer.shape()).isEqualTo(shape);
  }

  @Test
  void nanKeepsItsBits() {
    float[] odd = {Float.intBitsToFloat(0x7FC12345), Float.intBitsToFloat(0xFFC00001), 1, 2};

    float[] back = device.put(Vec.class, odd).toFloatArray();

    assertThat(Float.floatToRawIntBits(back[0])).isEqualTo(0x7FC12345);
    assertThat(Float.floatToRawIntBits(back[1])).isEqualTo(0xFFC00001);
  }

  @Test
  void sixteenBitFloatsRoundToNearestWithTiesToEven() {
    Shape halves = Shape.of(ElementType.F16, 3);
    Shape brains = Shape.of(ElementType.BF16, 4);

    Tensor<?> half = device.put(halves, new float[] {2049, 2051, 70000});
    // Between 1 and the next bfloat16, 1 + 2^-7: a tie, and just above it; a NaN whose payload
    // would round to infinity.
    Tensor<?> brain =
        device.put(
            brains,
            new float[] {
              1 + 0x1p-8f, 1 + 0x1p-8f + 0x1p-20f, 1 + 3 * 0x1p-8f, Float.intBitsToFloat(0x7F800001)
            });

    assertThat(half.toFloatArray()).isEqualTo(new float[] {2048, 2052, Float.POSITIVE_INFINITY});
    assertThat(brain.toFloatArray())
        .isEqualTo(new float[] {1, 1 + 0x1p-7f, 1 + 0x1p-6f, Float.NaN});
    assertThat(device.put(halves, new short[] {1, 2, 3}).toShortArray())
        .isEqualTo(new short[] {1, 2, 3});
  }

  @Test
  void memorySegmentsGoInAsTheyAre() {
    try (Arena arena = Arena.ofConfined()) {
      MemorySegment segment = arena.allocateFrom(ValueLayout.JAVA_FLOAT, 1, 2, 3, 4, 5, 6);

      DeviceBuffer<Mat> mat = device.put(Mat.class, segment);

      assertThat(mat.toFloatArray()).isEqualTo(new float[] {1, 2, 3, 4, 5, 6});
    }
    assertThat(device.put(Vec.class, MemorySegment.ofArray(new float[4])).toFloatArray())
        .isEqualTo(new float[4]);
  }

  @Test
  void theArrayMayChangeAsSoonAsPutAsyncReturns() {
    for (int size : new int[] {4, 1000, 100_000, 1_000_000}) {
      float[] values = new float[size];
      values[size - 1] = 7;
      Tensor<?> tensor = device.putAsync(Shape.of(ElementType.F32, size), values);
      values[size - 1] = 8;

      assertThat(tensor.toFloatArray()[size - 1]).isEqualTo(7f);
    }
  }

  @Test
  void typesOfFewBitsTakeAByteEachInAndOut() {
    for (int size : new int[] {3, 100_000}) {
      byte[] signed = new byte[size];
      byte[] unsigned = new byte[size];
      for (int i = 0; i < size; i++) {
        signed[i] = (byte) (i % 16 - 8);
        unsigned[i] = (byte) (i % 16);
      }

      assertThat(device.put(Shape.of(ElementType.I4, size), signed).toByteArray())
          .isEqualTo(signed);
      assertThat(device.put(Shape.of(ElementType.U4, size), unsigned).toByteArrayAsync().value())
          .isEqualTo(unsigned);
    }
  }

  @Test
  void aValueThatDoesNotFitIntoFewBitsIsRefused() {
    ArgumentException refused =
        assertThrows(
            ArgumentException.class,
            () -> device.put(Shape.of(ElementType.I4, 2), new byte[] {7, 8}));

    assertThat(refused)
        .hasMessageThat()
        .isEqualTo("tensor<2xi4> cannot hold 8, which is element 1");
    assertThat(device.put(Shape.of(ElementType.I4, 2), new byte[] {7, -8}).toString())
        .isEqualTo("tensor<2xi4> on cpu:0\n[ 7 -8]");
  }

  @Test
  void bytesAreCopiedIntoAMemorySegment() {
    MemorySegment target = MemorySegment.ofArray(new float[4]);
    device.put(Vec.class, new float[] {1, 2, 3, 4}).copyTo(target);

    assertThat(target.toArray(ValueLayout.JAVA_FLOAT)).isEqualTo(new float[] {1, 2, 3, 4});
    ArgumentException refused =
        assertThrows(
            ArgumentException.class,
            () -> device.put(Vec.class, new float[4]).copyTo(target.asReadOnly()));
    assertThat(refused)
        .hasMessageThat()
        .isEqualTo(
            "tensor<4xf32> needs 16 writable bytes; this MemorySegment has 16," + " read-only");
  }

  @Test
  void scalarsAndEmptyTensorsAreTensors() {
    assertThat(device.put(Scalar.class, new float[] {42}).toFloatArray())
        .isEqualTo(new float[] {42});
    DeviceBuffer<?> empty = device.put(Shape.of(ElementType.F32, 2, 0, 3), new float[0]);
    assertThat(empty.toFloatArray()).isEmpty();
    assertThat(empty.toFloatArrayAsync().value()).isEmpty();
    assertThat(empty.toString()).isEqualTo("tensor<2x0x3xf32> on cpu:0\n[]");
  }

  @Test
  void dataThatDoesNotFitIsRefusedShowingBothSides() {
    ArgumentException count =
        assertThrows(ArgumentException.class, () -> device.put(Vec.class, new float[3]));
    ArgumentException kind =
        assertThrows(ArgumentException.class, () -> device.put(Vec.class, new double[4]));
    ArgumentException bytes =
        assertThrows(
            ArgumentException.class,
            () -> device.put(Vec.class, MemorySegment.ofArray(new byte[15])));
    ArgumentException read =
        assertThrows(
            ArgumentException.class, () -> device.put(Vec.class, new float[4]).toIntArray());

    assertThat(count)
        .hasMessageThat()
        .isEqualTo("tensor<4xf32> takes 4 elements, not the 3 of this float[]");
    assertThat(kind).hasMessageThat().isEqualTo("tensor<4xf32> requires a float[], not a double[]");
    assertThat(bytes)
        .hasMessageThat()
        .isEqualTo("tensor<4xf32> takes 16 bytes, not the 15 of this MemorySegment");
    assertThat(read).hasMessageThat().isEqualTo("tensor<4xf32> requires a float[], not a int[]");
  }

  @Test
  void aTypeIsAnotherNameForAShape() {
    Tensor<?> tensor = device.put(Shape.parse("tensor<4xf32>"), new float[] {1, 2, 3, 4});

    Tensor<Vec> vec = tensor.as(Vec.class);
    ArgumentException wrong = assertThrows(ArgumentException.class, () -> tensor.as(Ints.class));

    assertThat(vec.toFloatArray()).isEqualTo(new float[] {1, 2, 3, 4});
    assertThat(wrong)
        .hasMessageThat()
        .isEqualTo("tensor<4xf32> is not a Ints, which is a tensor<4xi32>");
  }

  @Test
  void printingShowsTheTypeAndTheValuesAsNumPyDoes() {
    assertThat(device.put(Mat.class, new float[] {1, 2, 3, 4, 5, Float.NaN}).toString())
        .isEqualTo(
            """
            tensor<2x3xf32> on cpu:0
            [[ 1.  2.  3.]
             [ 4.  5. nan]]\
            """);
    assertThat(device.put(Scalar.class, new float[] {0.5f}).toString())
        .isEqualTo("tensor<f32> on cpu:0\n0.5");
    float[] many = new float[1000 * 1000];
    many[many.length - 1] = 9;
    assertThat(device.put(Big.class, many).toString())
        .isEqualTo(
            """
            tensor<1000x1000xf32> on cpu:0
            [[0. 0. 0. ... 0. 0. 0.]
             [0. 0. 0. ... 0. 0. 0.]
             [0. 0. 0. ... 0. 0. 0.]
             ...
             [0. 0. 0. ... 0. 0. 0.]
             [0. 0. 0. ... 0. 0. 0.]
             [0. 0. 0. ... 0. 0. 9.]]\
            """);
    assertThat(device.put(Shape.of(ElementType.U8, 2), new byte[] {-1, 1}).toString())
        .isEqualTo("tensor<2xui8> on cpu:0\n[255   1]");
  }
}
