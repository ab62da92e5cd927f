package org.hlo4j.tests.bench;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Locale;
import java.util.stream.Collectors;

/** The facts of PJRT's C API, from which the binding is generated, for a C program. */
final class AbiHeader {
  private AbiHeader() {}

  /** A header of sizes, offsets and constants from a table of them. */
  static String of(Path table) throws IOException {
    return Files.readAllLines(table).stream()
        .skip(1)
        .map(line -> line.split("\t", -1))
        // Members without a name.
        .filter(columns -> !columns[2].contains("("))
        .map(columns -> "#define %s %s\n".formatted(name(columns), columns[3]))
        .collect(Collectors.joining());
  }

  private static String name(String[] columns) {
    String name = columns[2];
    return switch (columns[0]) {
      case "enum" -> name;
      case "struct" -> columns[1] + "__" + name.toUpperCase(Locale.ROOT);
      default -> columns[1] + "__" + name;
    };
  }
}
