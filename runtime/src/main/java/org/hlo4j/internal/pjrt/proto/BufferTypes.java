package org.hlo4j.internal.pjrt.proto;

import java.util.HashMap;
import java.util.Map;
import org.hlo4j.internal.pjrt.abi.PJRT_Buffer_Type;
import org.hlo4j.type.ElementType;
import org.jspecify.annotations.Nullable;

/** PJRT's and XLA's numbers of each element type. */
public final class BufferTypes {
  /**
   * The numbers of one element type.
   *
   * @param pjrt of {@code PJRT_Buffer_Type}
   * @param hlo of {@code PrimitiveType} in <a
   *     href="https://github.com/openxla/xla/blob/main/xla/xla_data.proto">xla_data.proto</a>
   */
  private record Numbers(int pjrt, int hlo) {}

  private static final Map<Integer, ElementType> BY_PJRT = new HashMap<>();
  private static final Map<Integer, ElementType> BY_HLO = new HashMap<>();

  static {
    for (ElementType type : ElementType.values()) {
      Numbers numbers = numbersOf(type);
      BY_PJRT.put(numbers.pjrt(), type);
      BY_HLO.put(numbers.hlo(), type);
    }
  }

  private BufferTypes() {}

  /** Returns the numbers of a type; without a default, so that it only compiles if complete. */
  private static Numbers numbersOf(ElementType type) {
    return switch (type) {
      case I1 -> new Numbers(PJRT_Buffer_Type.PRED, 1);
      case I2 -> new Numbers(PJRT_Buffer_Type.S2, 26);
      case I4 -> new Numbers(PJRT_Buffer_Type.S4, 21);
      case I8 -> new Numbers(PJRT_Buffer_Type.S8, 2);
      case I16 -> new Numbers(PJRT_Buffer_Type.S16, 3);
      case I32 -> new Numbers(PJRT_Buffer_Type.S32, 4);
      case I64 -> new Numbers(PJRT_Buffer_Type.S64, 5);
      case U2 -> new Numbers(PJRT_Buffer_Type.U2, 27);
      case U4 -> new Numbers(PJRT_Buffer_Type.U4, 22);
      case U8 -> new Numbers(PJRT_Buffer_Type.U8, 6);
      case U16 -> new Numbers(PJRT_Buffer_Type.U16, 7);
      case U32 -> new Numbers(PJRT_Buffer_Type.U32, 8);
      case U64 -> new Numbers(PJRT_Buffer_Type.U64, 9);
      case F4E2M1FN -> new Numbers(PJRT_Buffer_Type.F4E2M1FN, 32);
      case F8E3M4 -> new Numbers(PJRT_Buffer_Type.F8E3M4, 29);
      case F8E4M3 -> new Numbers(PJRT_Buffer_Type.F8E4M3, 28);
      case F8E4M3B11FNUZ -> new Numbers(PJRT_Buffer_Type.F8E4M3B11FNUZ, 23);
      case F8E4M3FN -> new Numbers(PJRT_Buffer_Type.F8E4M3FN, 20);
      case F8E4M3FNUZ -> new Numbers(PJRT_Buffer_Type.F8E4M3FNUZ, 25);
      case F8E5M2 -> new Numbers(PJRT_Buffer_Type.F8E5M2, 19);
      case F8E5M2FNUZ -> new Numbers(PJRT_Buffer_Type.F8E5M2FNUZ, 24);
      case F8E8M0FNU -> new Numbers(PJRT_Buffer_Type.F8E8M0FNU, 33);
      case BF16 -> new Numbers(PJRT_Buffer_Type.BF16, 16);
      case F16 -> new Numbers(PJRT_Buffer_Type.F16, 10);
      case F32 -> new Numbers(PJRT_Buffer_Type.F32, 11);
      case F64 -> new Numbers(PJRT_Buffer_Type.F64, 12);
      case C64 -> new Numbers(PJRT_Buffer_Type.C64, 15);
      case C128 -> new Numbers(PJRT_Buffer_Type.C128, 18);
    };
  }

  public static int constantOf(ElementType type) {
    return numbersOf(type).pjrt();
  }

  /** Returns the element type of PJRT's constant, or null if StableHLO lacks it. */
  public static @Nullable ElementType elementTypeOf(int constant) {
    return BY_PJRT.get(constant);
  }

  /** Returns the element type of XLA's number, or null if StableHLO lacks it. */
  static @Nullable ElementType elementTypeOfHlo(int number) {
    return BY_HLO.get(number);
  }
}
