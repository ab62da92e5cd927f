package org.hlo4j.tests;

import static com.google.common.truth.Truth.assertThat;
import static org.junit.jupiter.api.Assertions.assertThrows;

import java.lang.foreign.Arena;
import java.lang.foreign.MemorySegment;
import java.lang.foreign.ValueLayout;
import java.util.Locale;
import org.hlo4j.Device;
import org.hlo4j.Program;
import org.hlo4j.Tensor;
import org.hlo4j.error.ArgumentException;
import org.hlo4j.type.ElementType;
import org.hlo4j.type.Shape;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** Each element type of StableHLO, exact to the bit, in, through a program, and out. */
@Tag("plugins")
final class ElementTypesTest {
  private static final int COUNT = 512;

  private final Device device = Plugin.device();

  /** Bits of all kinds: of the types that have so few, each value that there is. */
  private static MemorySegment bits(Shape shape) {
    ElementType type = shape.elementType();
    MemorySegment memory = Arena.ofAuto().allocate(shape.byteSize(), 8);
    long seed = 1;
    for (long i = 0; i < memory.byteSize(); i++) {
      seed = seed * 6364136223846793005L + 1442695040888963407L;
      byte value = (byte) (type.hostBytes() == 1 ? i : seed >>> 33);
      memory.set(ValueLayout.JAVA_BYTE, i, few(type, value));
    }
    return memory;
  }

  private static byte few(ElementType type, byte value) {
    int unused = Byte.SIZE - Math.min(Byte.SIZE, type.bits());
    boolean signed = type == ElementType.I2 || type == ElementType.I4;
    int low = (value << unused) & 0xFF;
    return (byte) (signed ? (byte) low >> unused : low >>> unused);
  }

  private static MemorySegment zerosAbove(MemorySegment bits, ElementType type) {
    MemorySegment zeros = Arena.ofAuto().allocate(bits.byteSize(), 8).copyFrom(bits);
    for (long i = 0; i < zeros.byteSize() && type.bits() < Byte.SIZE; i++) {
      byte value = zeros.get(ValueLayout.JAVA_BYTE, i);
      zeros.set(ValueLayout.JAVA_BYTE, i, (byte) (value & ((1 << type.bits()) - 1)));
    }
    return zeros;
  }

  /** Computes each element anew, and changes none. */
  private Tensor<?> throughAProgram(Shape shape, Tensor<?> tensor) {
    boolean[] choice = new boolean[COUNT];
    for (int i = 0; i < COUNT; i++) {
      choice[i] = i % 3 == 0;
    }
    Program program =
        Program.of(
            String.format(
                Locale.ROOT,
                """
            func.func @main(%%p: tensor<%1$dxi1>, %%x: %2$s, %%y: %2$s) -> %2$s {
              %%0 = stablehlo.select %%p, %%x, %%y : tensor<%1$dxi1>, %2$s
              %%1 = stablehlo.optimization_barrier %%0 : %2$s
              return %%1 : %2$s
            }
            """,
                COUNT,
                shape));
    Tensor<?> chosen = device.put(Shape.of(ElementType.I1, COUNT), choice);
    return device.compile(program).execute(chosen, tensor, tensor).get(0);
  }

  @ParameterizedTest
  @EnumSource
  void eachBitComesBackAsItWentIn(ElementType type) {
    Shape shape = Shape.of(type, COUNT);
    MemorySegment bits = bits(shape);
    MemorySegment back = Arena.ofAuto().allocate(shape.byteSize(), 8);

    Tensor<?> tensor = device.put(shape, bits);
    tensor.copyTo(back);
    assertThat(back.mismatch(zerosAbove(bits, type))).isEqualTo(-1);

    // XLA computes with narrow floats as wider ones, which makes a signalling NaN a quiet one.
    assertThat(throughAProgram(shape, tensor).toArray()).isEqualTo(tensor.toArray());
    assertThat(tensor.toHostTensorAsync().value().segment().mismatch(bits)).isEqualTo(-1);
    assertThat(tensor.view().segment().mismatch(bits)).isEqualTo(-1);
    assertThat(device.put(tensor.toHostTensor()).view().segment().mismatch(bits)).isEqualTo(-1);
  }

  @ParameterizedTest
  @EnumSource
  void arraysOfTheNaturalKindGoThereAndBack(ElementType type) {
    Shape shape = Shape.of(type, COUNT);
    Tensor<?> tensor = device.put(shape, bits(shape));

    Object array = tensor.toArray();
    Object again = device.put(shape, array).toArray();

    assertThat(again).isEqualTo(array);
    assertThat(throughAProgram(shape, device.put(shape, array)).toArrayAsync().value())
        .isEqualTo(array);
  }

  @Test
  void narrowFloatsAreRoundedAsTheirDocumentationSays() {
    float[] values = {0.3f, -0.3f, 1e9f, Float.NEGATIVE_INFINITY, Float.NaN, -0f};

    assertThat(back(ElementType.F8E4M3FN, values))
        .isEqualTo(new float[] {0.3125f, -0.3125f, Float.NaN, Float.NaN, Float.NaN, -0f});
    assertThat(back(ElementType.F8E5M2, values))
        .isEqualTo(
            new float[] {
              0.3125f, -0.3125f, Float.POSITIVE_INFINITY, Float.NEGATIVE_INFINITY, Float.NaN, -0f
            });
    assertThat(back(ElementType.F8E4M3FNUZ, values))
        .isEqualTo(new float[] {0.3125f, -0.3125f, Float.NaN, Float.NaN, Float.NaN, 0f});
    assertThat(back(ElementType.F4E2M1FN, values))
        .isEqualTo(new float[] {0.5f, -0.5f, 6, -6, -0f, -0f});
    assertThat(back(ElementType.F8E8M0FNU, values))
        .isEqualTo(new float[] {0.25f, Float.NaN, 0x1p30f, Float.NaN, Float.NaN, Float.NaN});
  }

  private float[] back(ElementType type, float[] values) {
    return device.put(Shape.of(type, values.length), values).toFloatArray();
  }

  @Test
  void narrowFloatsAlsoGoAsTheirBits() {
    byte[] codes = {0, 1, 0x7F, (byte) 0x80, (byte) 0xFF};
    Shape shape = Shape.of(ElementType.F8E4M3FN, 5);

    assertThat(device.put(shape, codes).toByteArray()).isEqualTo(codes);
    assertThat(device.put(shape, codes).toFloatArray()[1]).isEqualTo(0x1p-9f);
    ArgumentException refused =
        assertThrows(
            ArgumentException.class,
            () -> device.put(Shape.of(ElementType.F4E2M1FN, 2), new byte[] {15, 16}));
    assertThat(refused)
        .hasMessageThat()
        .isEqualTo("tensor<2xf4E2M1FN> cannot hold 16, which is element 1");
  }

  @Test
  void complexNumbersAreTheirRealAndImaginaryParts() {
    Shape c64 = Shape.parse("tensor<2xcomplex<f32>>");
    Shape c128 = Shape.parse("tensor<1x2xcomplex<f64>>");
    Program product =
        Program.of(
            """
            func.func @main(%x: tensor<2xcomplex<f32>>) -> tensor<2xcomplex<f32>> {
              %0 = stablehlo.multiply %x, %x : tensor<2xcomplex<f32>>
              return %0 : tensor<2xcomplex<f32>>
            }
            """);

    Tensor<?> tensor = device.put(c64, new float[] {1, 2, 3, -4});
    Tensor<?> square = device.compile(product).execute(tensor).get(0);

    assertThat(square.toFloatArray()).isEqualTo(new float[] {-3, 4, -7, -24});
    assertThat(square.toString()).endsWith("[-3. +4.j -7.-24.j]");
    assertThat(
            device.put(c128, new double[][] {{1, -0.0, Double.NaN, 2}}).toArray(double[][].class))
        .isEqualTo(new double[][] {{1, -0.0, Double.NaN, 2}});
    ArgumentException refused =
        assertThrows(ArgumentException.class, () -> device.put(c64, new float[2]));
    assertThat(refused)
        .hasMessageThat()
        .isEqualTo(
            "tensor<2xcomplex<f32>> takes 4 values, two per element, not the 2 of this float[]");
  }

  @Test
  void valuesThatATypeCannotHoldAreRefused() {
    record Wrong(ElementType type, byte value) {}
    for (Wrong wrong :
        new Wrong[] {
          new Wrong(ElementType.I2, (byte) 5),
          new Wrong(ElementType.I2, (byte) -3),
          new Wrong(ElementType.U2, (byte) 4),
          new Wrong(ElementType.U4, (byte) -1),
          new Wrong(ElementType.I4, (byte) -9),
          new Wrong(ElementType.U4, (byte) 16)
        }) {
      Shape shape = Shape.of(wrong.type(), 3);
      byte[] values = {0, 1, wrong.value()};
      String message =
          String.format(Locale.ROOT, "%s cannot hold %d, which is element 2", shape, wrong.value());
      assertThat(assertThrows(ArgumentException.class, () -> device.put(shape, values)))
          .hasMessageThat()
          .isEqualTo(message);
      assertThat(
              assertThrows(
                  ArgumentException.class, () -> device.put(shape, MemorySegment.ofArray(values))))
          .hasMessageThat()
          .isEqualTo(message);
    }
    assertThrows(
        ArgumentException.class, () -> device.put(Shape.of(ElementType.I4, 1), new byte[] {13}));
    assertThat(
            device
                .put(Shape.of(ElementType.I4, 1), MemorySegment.ofArray(new byte[] {13}))
                .toByteArray())
        .isEqualTo(new byte[] {-3});
    assertThat(
            assertThrows(
                ArgumentException.class,
                () ->
                    device.put(
                        Shape.of(ElementType.I1, 2), MemorySegment.ofArray(new byte[] {1, 2}))))
        .hasMessageThat()
        .isEqualTo("tensor<2xi1> cannot hold 2, which is element 1");
  }
}
