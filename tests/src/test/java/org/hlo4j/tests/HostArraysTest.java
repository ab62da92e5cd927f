package org.hlo4j.tests;

import static com.google.common.truth.Truth.assertThat;
import static org.junit.jupiter.api.Assertions.assertThrows;

import java.lang.foreign.Arena;
import java.lang.foreign.MemorySegment;
import java.lang.foreign.ValueLayout;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.CharBuffer;
import java.nio.DoubleBuffer;
import java.nio.FloatBuffer;
import java.nio.IntBuffer;
import java.nio.LongBuffer;
import java.nio.ShortBuffer;
import org.hlo4j.Device;
import org.hlo4j.DeviceBuffer;
import org.hlo4j.Tensor;
import org.hlo4j.error.ArgumentException;
import org.hlo4j.type.ElementType;
import org.hlo4j.type.Shape;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

/** Nested arrays, buffers and single values, in and out. */
@Tag("plugins")
final class HostArraysTest {
  private static final float[][] ROWS = {{1, 2, 3}, {4, 5, 6}};

  private final Device device = Plugin.device();

  private static String refusal(Runnable call) {
    return String.valueOf(assertThrows(ArgumentException.class, call::run).getMessage());
  }

  @Test
  void rowsGoInAndComeOut() {
    DeviceBuffer<Mat> mat = device.put(Mat.class, ROWS);

    assertThat(mat.toFloatArray()).isEqualTo(new float[] {1, 2, 3, 4, 5, 6});
    assertThat(mat.toArray(float[][].class)).isEqualTo(ROWS);
    assertThat(mat.toArrayAsync(float[][].class).value()).isEqualTo(ROWS);
    assertThat(mat.toArray(float[].class)).hasLength(6);
    assertThat(device.putAsync(Mat.class, ROWS).toArray(float[][].class)).isEqualTo(ROWS);
  }

  @Test
  void deeperArraysAreRowMajor() {
    long[][][] cube = {{{1, 2}, {3, 4}, {5, 6}}, {{7, 8}, {9, 10}, {11, 12}}};
    Tensor<?> tensor = device.put(Shape.of(ElementType.I64, 2, 3, 2), cube);

    assertThat(tensor.toLongArray()).isEqualTo(new long[] {1, 2, 3, 4, 5, 6, 7, 8, 9, 10, 11, 12});
    assertThat(tensor.toArray(long[][][].class)).isEqualTo(cube);
    boolean[][] bits = {{true}, {false}};
    assertThat(device.put(Shape.of(ElementType.I1, 2, 1), bits).toArray(boolean[][].class))
        .isEqualTo(bits);
    float[][] halves = {{0.5f}, {-2}};
    assertThat(device.put(Shape.of(ElementType.BF16, 2, 1), halves).toArray(float[][].class))
        .isEqualTo(halves);
    byte[][] nibbles = {{-8, 7}};
    assertThat(device.put(Shape.of(ElementType.I4, 1, 2), nibbles).toArray(byte[][].class))
        .isEqualTo(nibbles);
  }

  @Test
  void emptyDimensionsHaveEmptyArrays() {
    Tensor<?> none = device.put(Shape.of(ElementType.F32, 0, 3), new float[0][]);
    Tensor<?> hollow = device.put(Shape.of(ElementType.F32, 2, 0), new float[2][0]);

    assertThat(none.toArray(float[][].class)).hasLength(0);
    assertThat(hollow.toArray(float[][].class)).isEqualTo(new float[2][0]);
    assertThat(hollow.view().segment().byteSize()).isEqualTo(0);
    assertThat(hollow.toHostTensor().toArray(float[].class)).hasLength(0);
  }

  @Test
  void arraysThatAreNotOfTheShapeAreRefusedWithThePlace() {
    assertThat(refusal(() -> device.put(Mat.class, new float[][] {{1, 2, 3}, {4, 5}})))
        .isEqualTo("tensor<2x3xf32>: the array at [1] has length 2, not 3");
    assertThat(refusal(() -> device.put(Mat.class, new float[1][3])))
        .isEqualTo("tensor<2x3xf32>: the array has length 1, not 2");
    assertThat(refusal(() -> device.put(Mat.class, new Object[] {new float[3], null})))
        .isEqualTo("tensor<2x3xf32>: the array at [1] is null");
    assertThat(refusal(() -> device.put(Mat.class, new Object[] {new float[3], new int[3]})))
        .isEqualTo("tensor<2x3xf32>: the array at [1] is a int[], not a float[]");
    assertThat(refusal(() -> device.put(Mat.class, new float[2][3][1])))
        .isEqualTo("tensor<2x3xf32>: the array at [0] is a float[][], not a float[]");
    assertThat(refusal(() -> device.put(Shape.of(ElementType.F32, 1, 1, 1), new float[1][1])))
        .isEqualTo("tensor<1x1x1xf32>: the array at [0] is a float[], which lacks 1 levels");
    assertThat(refusal(() -> device.put(Vec.class, new float[4][1])))
        .isEqualTo("tensor<4xf32> requires a float[], not a float[][]");
    assertThat(refusal(() -> device.put(Mat.class, ROWS).toArray(float[][][].class)))
        .isEqualTo(
            "tensor<2x3xf32> has 2 dimensions and requires a flat array, or one of that depth,"
                + " not a float[][][]");
    assertThat(refusal(() -> device.put(Mat.class, ROWS).toArray(String.class)))
        .isEqualTo("tensor<2x3xf32> requires a float[], not a String");
  }

  @Test
  void arraysThatAreThereAreFilled() {
    DeviceBuffer<Mat> mat = device.put(Mat.class, ROWS);
    float[][] rows = new float[2][3];
    float[] flat = new float[6];

    mat.copyToArray(rows);
    mat.copyToArray(flat);

    assertThat(rows).isEqualTo(ROWS);
    assertThat(flat).isEqualTo(new float[] {1, 2, 3, 4, 5, 6});
    assertThat(refusal(() -> mat.copyToArray(new float[5])))
        .isEqualTo("tensor<2x3xf32> takes 6 elements, not the 5 of this float[]");
    assertThat(refusal(() -> mat.copyToArray("no array")))
        .isEqualTo("tensor<2x3xf32> is copied into an array, not into a String");
  }

  @Test
  void singleValuesAreScalars() {
    assertThat(device.put(Scalar.class, 1.5f).toFloatArray()).isEqualTo(new float[] {1.5f});
    assertThat(device.put(Shape.parse("tensor<i1>"), true).toBooleanArray()[0]).isTrue();
    assertThat(device.put(Shape.parse("tensor<ui64>"), -1L).toString())
        .endsWith("18446744073709551615");
    assertThat(refusal(() -> device.put(Scalar.class, 1.5)))
        .isEqualTo("tensor<f32> requires a float[], not a double[]");
    assertThat(refusal(() -> device.put(Vec.class, 1f)))
        .isEqualTo("tensor<4xf32> takes 4 elements, not a single Float");
  }

  @Test
  void buffersGoFromPositionToLimitHeapOrDirect() {
    FloatBuffer heap = FloatBuffer.wrap(new float[] {9, 1, 2, 3, 4, 9}).position(1).limit(5);
    ByteBuffer bytes =
        ByteBuffer.allocateDirect(24).order(ByteOrder.nativeOrder()).putFloat(9).putFloat(1);
    bytes.putFloat(2).putFloat(3).putFloat(4).position(4).limit(20);
    FloatBuffer direct = bytes.slice().order(ByteOrder.nativeOrder()).asFloatBuffer();

    assertThat(device.put(Vec.class, heap).toFloatArray()).isEqualTo(new float[] {1, 2, 3, 4});
    assertThat(device.put(Vec.class, bytes).toFloatArray()).isEqualTo(new float[] {1, 2, 3, 4});
    assertThat(device.putAsync(Vec.class, direct).toFloatArray())
        .isEqualTo(new float[] {1, 2, 3, 4});
    assertThat(heap.position()).isEqualTo(1);
    assertThat(bytes.position()).isEqualTo(4);
  }

  @Test
  void eachKindOfBufferIsForItsElements() {
    assertThat(
            device.put(Shape.of(ElementType.F64, 1), DoubleBuffer.wrap(new double[] {2})).toArray())
        .isEqualTo(new double[] {2});
    assertThat(device.put(Shape.of(ElementType.U32, 1), IntBuffer.wrap(new int[] {-1})).toArray())
        .isEqualTo(new int[] {-1});
    assertThat(device.put(Shape.of(ElementType.I64, 1), LongBuffer.wrap(new long[] {3})).toArray())
        .isEqualTo(new long[] {3});
    assertThat(
            device
                .put(Shape.of(ElementType.F16, 1), ShortBuffer.wrap(new short[] {0x3C00}))
                .toArray())
        .isEqualTo(new float[] {1});
    assertThat(
            device
                .put(Shape.of(ElementType.F8E5M2, 2), FloatBuffer.wrap(new float[] {0.3f, -4}))
                .toArray())
        .isEqualTo(new float[] {0.3125f, -4});
    assertThat(
            device.put(Shape.of(ElementType.I4, 2), ByteBuffer.wrap(new byte[] {-8, 7})).toArray())
        .isEqualTo(new byte[] {-8, 7});
  }

  @Test
  void buffersThatDoNotFitAreRefused() {
    assertThat(refusal(() -> device.put(Vec.class, ByteBuffer.allocate(16))))
        .isEqualTo(
            "tensor<4xf32> cannot take a ByteBuffer with byte order BIG_ENDIAN: this machine's is"
                + " LITTLE_ENDIAN");
    assertThat(refusal(() -> device.put(Vec.class, ByteBuffer.allocate(16).asFloatBuffer())))
        .isEqualTo(
            "tensor<4xf32> cannot take a FloatBuffer with byte order BIG_ENDIAN: this machine's is"
                + " LITTLE_ENDIAN");
    assertThat(refusal(() -> device.put(Vec.class, FloatBuffer.allocate(3))))
        .isEqualTo("tensor<4xf32> takes 4 remaining values, not the 3 of this FloatBuffer");
    assertThat(refusal(() -> device.put(Vec.class, IntBuffer.allocate(4))))
        .isEqualTo(
            "tensor<4xf32> requires a buffer of the elements of a float[], or of bytes, not a"
                + " IntBuffer");
    assertThat(refusal(() -> device.put(Vec.class, CharBuffer.allocate(4))))
        .contains("not a CharBuffer");
    assertThat(
            refusal(
                () ->
                    device
                        .put(Vec.class, new float[4])
                        .copyTo(FloatBuffer.allocate(4).asReadOnlyBuffer())))
        .isEqualTo("tensor<4xf32> cannot be written into a read-only FloatBuffer");
  }

  @Test
  void resultsAreCopiedIntoBuffers() {
    DeviceBuffer<Vec> vec = device.put(Vec.class, new float[] {1, 2, 3, 4});
    FloatBuffer floats = FloatBuffer.allocate(6).position(1).limit(5);
    ByteBuffer bytes = ByteBuffer.allocateDirect(16).order(ByteOrder.nativeOrder());
    FloatBuffer narrow = FloatBuffer.allocate(3000);

    vec.copyTo(floats);
    vec.copyTo(bytes);
    device.put(Shape.of(ElementType.BF16, 3000), numbers(3000)).copyTo(narrow);

    assertThat(floats.array()).isEqualTo(new float[] {0, 1, 2, 3, 4, 0});
    assertThat(bytes.getFloat(12)).isEqualTo(4f);
    assertThat(narrow.get(1025)).isEqualTo(1024f);
    assertThat(narrow.get(2999)).isEqualTo(3000f - 8);
  }

  private static float[] numbers(int count) {
    float[] numbers = new float[count];
    for (int i = 0; i < count; i++) {
      numbers[i] = i;
    }
    return numbers;
  }

  @Test
  void whatIsTooLargeForAnArrayIsRefusedBeforeAnyTransfer() {
    Shape huge = Shape.of(ElementType.I8, 1L << 31);
    assertThat(refusal(() -> device.put(huge, new byte[1])))
        .isEqualTo("tensor<2147483648xi8> has more elements than a Java array can hold");
    assertThat(refusal(() -> device.put(huge, new int[1])))
        .isEqualTo("tensor<2147483648xi8> requires a byte[], not a int[]");
  }

  @Test
  void segmentsOfTheHeapNeedNotBeAligned() {
    byte[] bytes = new byte[17];
    MemorySegment odd = MemorySegment.ofArray(bytes).asSlice(1);
    odd.set(ValueLayout.JAVA_FLOAT_UNALIGNED, 4, 7f);
    try (Arena arena = Arena.ofConfined()) {
      MemorySegment unaligned = arena.allocate(17).asSlice(1).copyFrom(odd);

      assertThat(device.put(Vec.class, odd).toFloatArray()).isEqualTo(new float[] {0, 7, 0, 0});
      assertThat(device.put(Vec.class, unaligned).toFloatArray())
          .isEqualTo(new float[] {0, 7, 0, 0});
    }
  }
}
