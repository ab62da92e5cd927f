package org.hlo4j.data.internal.element;

import java.util.Arrays;
import java.util.Optional;
import org.hlo4j.type.ElementType;
import org.jspecify.annotations.Nullable;

/** The element types of safetensors, as of version 0.8. */
public enum SafeTensorsType {
  BOOL(ElementType.I1),
  F4(ElementType.F4E2M1FN),
  F6_E2M3(null),
  F6_E3M2(null),
  U8(ElementType.U8),
  I8(ElementType.I8),
  F8_E5M2(ElementType.F8E5M2),
  F8_E4M3(ElementType.F8E4M3FN),
  F8_E8M0(ElementType.F8E8M0FNU),
  F8_E4M3FNUZ(ElementType.F8E4M3FNUZ),
  F8_E5M2FNUZ(ElementType.F8E5M2FNUZ),
  I16(ElementType.I16),
  U16(ElementType.U16),
  F16(ElementType.F16),
  BF16(ElementType.BF16),
  I32(ElementType.I32),
  U32(ElementType.U32),
  F32(ElementType.F32),
  C64(ElementType.C64),
  F64(ElementType.F64),
  I64(ElementType.I64),
  U64(ElementType.U64);

  private final @Nullable ElementType elementType;

  SafeTensorsType(@Nullable ElementType elementType) {
    this.elementType = elementType;
  }

  /** Returns the type with a name, which may be newer than this list. */
  public static FileType read(String name) {
    for (SafeTensorsType type : values()) {
      if (type.name().equals(name)) {
        return type.elementType == null
            ? FileType.unreadable(name, "which StableHLO lacks")
            : FileType.known(name, type.elementType);
      }
    }
    return FileType.unreadable(name, "which this version does not know");
  }

  /** Returns the name of an element type, if it has one. */
  public static Optional<SafeTensorsType> of(ElementType elementType) {
    return Arrays.stream(values()).filter(type -> type.elementType == elementType).findFirst();
  }
}
