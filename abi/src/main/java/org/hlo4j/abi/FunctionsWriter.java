package org.hlo4j.abi;

import com.palantir.javapoet.FieldSpec;
import com.palantir.javapoet.MethodSpec;
import com.palantir.javapoet.TypeName;
import com.palantir.javapoet.TypeSpec;
import javax.lang.model.element.Modifier;
import org.hlo4j.abi.AbiTable.Field;
import org.hlo4j.abi.AbiTable.Struct;

/**
 * Writes the enum of an API's functions: each knows the slot of its pointer in the API's struct.
 */
final class FunctionsWriter {
  private FunctionsWriter() {}

  static TypeSpec write(String name, Struct api) {
    TypeSpec.Builder type =
        TypeSpec.enumBuilder(name)
            .addModifiers(Modifier.PUBLIC)
            .addJavadoc("The functions of the C struct {@code $L}.\n", api.name())
            .addField(
                FieldSpec.builder(TypeName.LONG, "slot", Modifier.PRIVATE, Modifier.FINAL).build())
            .addMethod(
                MethodSpec.constructorBuilder()
                    .addParameter(TypeName.LONG, "slot")
                    .addStatement("this.slot = slot")
                    .build())
            .addMethod(
                MethodSpec.methodBuilder("slot")
                    .addModifiers(Modifier.PUBLIC)
                    .addJavadoc("The offset of the function's pointer, in bytes.\n")
                    .returns(TypeName.LONG)
                    .addStatement("return slot")
                    .build());
    for (Field field : api.fields()) {
      if (isFunction(field)) {
        type.addEnumConstant(
            field.name(), TypeSpec.anonymousClassBuilder("$LL", field.offset()).build());
      }
    }
    return type.build();
  }

  /** A function's slot has the function's own name as its type. */
  private static boolean isFunction(Field field) {
    return field.type().equals(field.name() + " *");
  }
}
