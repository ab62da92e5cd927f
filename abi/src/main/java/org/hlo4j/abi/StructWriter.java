package org.hlo4j.abi;

import com.palantir.javapoet.ClassName;
import com.palantir.javapoet.FieldSpec;
import com.palantir.javapoet.MethodSpec;
import com.palantir.javapoet.TypeName;
import com.palantir.javapoet.TypeSpec;
import java.util.List;
import javax.lang.model.element.Modifier;
import org.hlo4j.abi.AbiTable.Field;
import org.hlo4j.abi.AbiTable.Struct;

/** Writes a class for a C struct: its size, its fields' offsets, and an accessor pair for each. */
final class StructWriter {
  private static final ClassName SEGMENT = ClassName.get("java.lang.foreign", "MemorySegment");
  private static final ClassName ALLOCATOR = ClassName.get("java.lang.foreign", "SegmentAllocator");
  private static final ClassName LAYOUT = ClassName.get("java.lang.foreign", "ValueLayout");
  private static final int ALIGNMENT = 8;

  private final AbiTable table;

  StructWriter(AbiTable table) {
    this.table = table;
  }

  TypeSpec write(Struct struct) {
    TypeSpec.Builder type =
        TypeSpec.classBuilder(struct.name())
            .addModifiers(Modifier.PUBLIC, Modifier.FINAL)
            .addJavadoc("The C struct {@code $L}.\n", struct.name())
            .addField(constant("SIZEOF", struct.sizeof()))
            .addMethod(MethodSpec.constructorBuilder().addModifiers(Modifier.PRIVATE).build())
            .addMethod(allocate(struct));
    for (int i = 0; i < struct.fields().size(); i++) {
      addField(type, struct, i);
    }
    return type.build();
  }

  private static MethodSpec allocate(Struct struct) {
    MethodSpec.Builder method =
        MethodSpec.methodBuilder("allocate")
            .addModifiers(Modifier.PUBLIC, Modifier.STATIC)
            .returns(SEGMENT)
            .addParameter(ALLOCATOR, "allocator");
    boolean knowsItsSize =
        struct.fields().stream().anyMatch(field -> field.name().equals("struct_size"));
    if (struct.structSize().isEmpty() || !knowsItsSize) {
      // Extensions begin with a base struct that holds the size.
      return method
          .addJavadoc("A zeroed struct.\n")
          .addStatement("return allocator.allocate(SIZEOF, $L)", ALIGNMENT)
          .build();
    }
    return method
        .addJavadoc("A zeroed struct whose {@code struct_size} is set.\n")
        .addStatement("$T struct = allocator.allocate(SIZEOF, $L)", SEGMENT, ALIGNMENT)
        .addStatement("struct_size(struct, $LL)", struct.structSize().getAsLong())
        .addStatement("return struct")
        .build();
  }

  private void addField(TypeSpec.Builder type, Struct struct, int index) {
    Field field = struct.fields().get(index);
    String name = field.isAnonymousUnion() ? "union" : field.name();
    String offset = name + "$OFFSET";
    type.addField(constant(offset, offsetOf(struct, index)));
    TypeName javaType = javaType(field.type());
    if (javaType.equals(SEGMENT) || field.isAnonymousUnion()) {
      // A member that is itself a struct: its users slice it out with its offset.
      return;
    }
    boolean bool = javaType.equals(TypeName.BOOLEAN);
    String layout = bool ? "JAVA_BYTE" : javaType.equals(TypeName.INT) ? "JAVA_INT" : "JAVA_LONG";
    MethodSpec.Builder get =
        MethodSpec.methodBuilder(name)
            .addModifiers(Modifier.PUBLIC, Modifier.STATIC)
            .addJavadoc("{@code $L $L}.\n", field.type(), field.name())
            .returns(javaType)
            .addParameter(SEGMENT, "struct");
    MethodSpec.Builder set =
        MethodSpec.methodBuilder(name)
            .addModifiers(Modifier.PUBLIC, Modifier.STATIC)
            .addJavadoc("{@code $L $L}.\n", field.type(), field.name())
            .addParameter(SEGMENT, "struct")
            .addParameter(javaType, "value");
    if (bool) {
      get.addStatement("return struct.get($T.$L, $L) != 0", LAYOUT, layout, offset);
      set.addStatement("struct.set($T.$L, $L, (byte) (value ? 1 : 0))", LAYOUT, layout, offset);
    } else {
      get.addStatement("return struct.get($T.$L, $L)", LAYOUT, layout, offset);
      set.addStatement("struct.set($T.$L, $L, value)", LAYOUT, layout, offset);
    }
    type.addMethod(get.build()).addMethod(set.build());
  }

  /** Pointers and sizes are {@code long}; a struct by value is a segment. */
  private TypeName javaType(String ctype) {
    if (ctype.endsWith("*") || ctype.contains("(*)")) {
      return TypeName.LONG;
    }
    if (table.structs().containsKey(ctype)) {
      return SEGMENT;
    }
    if (table.enums().containsKey(ctype)) {
      return TypeName.INT;
    }
    return switch (ctype) {
      case "_Bool" -> TypeName.BOOLEAN;
      case "int", "int32_t", "uint32_t", "XLA_FFI_Handler_Traits" -> TypeName.INT;
      // What is left are 64-bit integers and typedefs of function pointers.
      default -> TypeName.LONG;
    };
  }

  private static long offsetOf(Struct struct, int index) {
    Field field = struct.fields().get(index);
    if (!field.isAnonymousUnion()) {
      return field.offset();
    }
    // Each union of this API starts with a pointer-sized member, so it follows what is before it,
    // aligned to eight bytes.
    Field before = struct.fields().get(index - 1);
    return (before.offset() + 1 + ALIGNMENT - 1) / ALIGNMENT * ALIGNMENT;
  }

  private static FieldSpec constant(String name, long value) {
    return FieldSpec.builder(TypeName.LONG, name, Modifier.PUBLIC, Modifier.STATIC, Modifier.FINAL)
        .initializer("$LL", value)
        .build();
  }

  /** Constants of an enum, each without the enum's name in front. */
  static TypeSpec constants(String name, List<AbiTable.Constant> constants) {
    TypeSpec.Builder type =
        TypeSpec.classBuilder(name)
            .addModifiers(Modifier.PUBLIC, Modifier.FINAL)
            .addJavadoc("The C enum {@code $L}.\n", name)
            .addMethod(MethodSpec.constructorBuilder().addModifiers(Modifier.PRIVATE).build());
    for (AbiTable.Constant constant : constants) {
      String prefix = name + "_";
      String simple =
          constant.name().startsWith(prefix)
              ? constant.name().substring(prefix.length())
              : constant.name();
      type.addField(
          FieldSpec.builder(TypeName.INT, simple, Modifier.PUBLIC, Modifier.STATIC, Modifier.FINAL)
              .initializer("$L", constant.value())
              .build());
    }
    return type.build();
  }
}
