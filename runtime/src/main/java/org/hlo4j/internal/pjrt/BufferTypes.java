package org.hlo4j.internal.pjrt;

import java.util.EnumMap;
import java.util.Map;
import org.hlo4j.internal.pjrt.abi.PJRT_Buffer_Type;
import org.hlo4j.type.ElementType;
import org.jspecify.annotations.Nullable;

/** Which constant of {@code PJRT_Buffer_Type} stands for which element type. */
public final class BufferTypes {
  private static final Map<ElementType, Integer> CONSTANTS = new EnumMap<>(ElementType.class);

  static {
    CONSTANTS.put(ElementType.I1, PJRT_Buffer_Type.PRED);
    CONSTANTS.put(ElementType.I2, PJRT_Buffer_Type.S2);
    CONSTANTS.put(ElementType.I4, PJRT_Buffer_Type.S4);
    CONSTANTS.put(ElementType.I8, PJRT_Buffer_Type.S8);
    CONSTANTS.put(ElementType.I16, PJRT_Buffer_Type.S16);
    CONSTANTS.put(ElementType.I32, PJRT_Buffer_Type.S32);
    CONSTANTS.put(ElementType.I64, PJRT_Buffer_Type.S64);
    CONSTANTS.put(ElementType.U2, PJRT_Buffer_Type.U2);
    CONSTANTS.put(ElementType.U4, PJRT_Buffer_Type.U4);
    CONSTANTS.put(ElementType.U8, PJRT_Buffer_Type.U8);
    CONSTANTS.put(ElementType.U16, PJRT_Buffer_Type.U16);
    CONSTANTS.put(ElementType.U32, PJRT_Buffer_Type.U32);
    CONSTANTS.put(ElementType.U64, PJRT_Buffer_Type.U64);
    CONSTANTS.put(ElementType.F4E2M1FN, PJRT_Buffer_Type.F4E2M1FN);
    CONSTANTS.put(ElementType.F8E3M4, PJRT_Buffer_Type.F8E3M4);
    CONSTANTS.put(ElementType.F8E4M3, PJRT_Buffer_Type.F8E4M3);
    CONSTANTS.put(ElementType.F8E4M3B11FNUZ, PJRT_Buffer_Type.F8E4M3B11FNUZ);
    CONSTANTS.put(ElementType.F8E4M3FN, PJRT_Buffer_Type.F8E4M3FN);
    CONSTANTS.put(ElementType.F8E4M3FNUZ, PJRT_Buffer_Type.F8E4M3FNUZ);
    CONSTANTS.put(ElementType.F8E5M2, PJRT_Buffer_Type.F8E5M2);
    CONSTANTS.put(ElementType.F8E5M2FNUZ, PJRT_Buffer_Type.F8E5M2FNUZ);
    CONSTANTS.put(ElementType.F8E8M0FNU, PJRT_Buffer_Type.F8E8M0FNU);
    CONSTANTS.put(ElementType.BF16, PJRT_Buffer_Type.BF16);
    CONSTANTS.put(ElementType.F16, PJRT_Buffer_Type.F16);
    CONSTANTS.put(ElementType.F32, PJRT_Buffer_Type.F32);
    CONSTANTS.put(ElementType.F64, PJRT_Buffer_Type.F64);
    CONSTANTS.put(ElementType.C64, PJRT_Buffer_Type.C64);
    CONSTANTS.put(ElementType.C128, PJRT_Buffer_Type.C128);
  }

  private BufferTypes() {}

  /** The constant of an element type. */
  public static int constantOf(ElementType type) {
    Integer constant = CONSTANTS.get(type);
    if (constant == null) {
      throw new AssertionError(type + " has no constant");
    }
    return constant;
  }

  /** The element type of a constant, or null if StableHLO has none. */
  public static @Nullable ElementType elementTypeOf(int constant) {
    for (Map.Entry<ElementType, Integer> entry : CONSTANTS.entrySet()) {
      if (entry.getValue() == constant) {
        return entry.getKey();
      }
    }
    return null;
  }
}
