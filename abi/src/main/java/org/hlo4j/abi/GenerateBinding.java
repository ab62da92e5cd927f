package org.hlo4j.abi;

import com.palantir.javapoet.AnnotationSpec;
import com.palantir.javapoet.JavaFile;
import com.palantir.javapoet.TypeSpec;
import java.io.IOException;
import java.nio.file.Path;

/**
 * Writes the binding of PJRT's C API as Java sources. Run by the build of the runtime: {@code
 * GenerateBinding TABLE OUTPUT_FOLDER}.
 */
public final class GenerateBinding {
  private static final String PACKAGE = "org.hlo4j.internal.pjrt.abi";
  private static final String API = "PJRT_Api";
  private static final String FUNCTIONS = "PjrtFunction";

  private GenerateBinding() {}

  /** Reads the table that the first argument names and writes below the second. */
  public static void main(String[] args) throws IOException {
    if (args.length != 2) {
      throw new IllegalArgumentException("usage: GenerateBinding TABLE OUTPUT_FOLDER");
    }
    generate(Path.of(args[0]), Path.of(args[1]));
  }

  static void generate(Path tableFile, Path output) throws IOException {
    AbiTable table = AbiTable.read(tableFile);
    StructWriter structs = new StructWriter(table);
    for (AbiTable.Struct struct : table.structs().values()) {
      write(structs.write(struct), output);
      if (struct.name().equals(API)) {
        write(FunctionsWriter.write(FUNCTIONS, struct), output);
      }
    }
    for (var entry : table.enums().entrySet()) {
      write(StructWriter.constants(entry.getKey(), entry.getValue()), output);
    }
  }

  private static void write(TypeSpec type, Path output) throws IOException {
    TypeSpec annotated =
        type.toBuilder()
            .addAnnotation(
                AnnotationSpec.builder(javax.annotation.processing.Generated.class)
                    .addMember("value", "$S", GenerateBinding.class.getName())
                    .build())
            .build();
    JavaFile.builder(PACKAGE, annotated).indent("  ").build().writeTo(output);
  }
}
