package org.hlo4j.abi;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.OptionalLong;

/**
 * The facts of a C API, as a compiler laid it out: structs with sizes and fields with offsets, and
 * the constants of enums.
 *
 * @param structs by name, in the table's order
 * @param enums by name, in the table's order
 */
record AbiTable(Map<String, Struct> structs, Map<String, List<Constant>> enums) {
  private static final String HEADER = "kind\towner\tname\tvalue\tctype";
  private static final int COLUMNS = 5;

  /** A constant of an enum. */
  record Constant(String name, int value) {}

  /** A member of a struct, its offset in bytes. */
  record Field(String name, long offset, String type) {
    /** Whether this is a union without a name, whose offset the table cannot give. */
    boolean isAnonymousUnion() {
      return name.contains("(anonymous");
    }
  }

  /**
   * A struct.
   *
   * @param sizeof its size in memory
   * @param structSize what its {@code struct_size} member is set to, where it has one: the end of
   *     its last member, which padding can make smaller than {@code sizeof}
   */
  record Struct(String name, long sizeof, OptionalLong structSize, List<Field> fields) {}

  /** Reads a table: tab-separated lines of {@code kind owner name value ctype} below a header. */
  static AbiTable read(Path file) throws IOException {
    List<String> lines = Files.readAllLines(file);
    if (lines.isEmpty() || !lines.get(0).equals(HEADER)) {
      throw new IOException(file + " does not begin with the line: " + HEADER);
    }
    Map<String, Long> sizes = new LinkedHashMap<>();
    Map<String, Long> structSizes = new LinkedHashMap<>();
    Map<String, List<Field>> fields = new LinkedHashMap<>();
    Map<String, List<Constant>> enums = new LinkedHashMap<>();
    for (int i = 1; i < lines.size(); i++) {
      String[] columns = lines.get(i).split("\t", -1);
      if (columns.length != COLUMNS) {
        throw new IOException(
            String.format(Locale.ROOT, "%s:%d: not %d columns", file, i + 1, COLUMNS));
      }
      String owner = columns[1];
      long value = Long.parseLong(columns[3]);
      switch (columns[0]) {
        case "struct" -> (columns[2].equals("sizeof") ? sizes : structSizes).put(owner, value);
        case "field" ->
            fields
                .computeIfAbsent(owner, unused -> new ArrayList<>())
                .add(new Field(columns[2], value, columns[4]));
        case "enum" ->
            enums
                .computeIfAbsent(owner, unused -> new ArrayList<>())
                .add(new Constant(columns[2], Math.toIntExact(value)));
        default ->
            throw new IOException(
                String.format(Locale.ROOT, "%s:%d: unknown kind %s", file, i + 1, columns[0]));
      }
    }
    Map<String, Struct> structs = new LinkedHashMap<>();
    sizes.forEach(
        (name, size) -> {
          Long structSize = structSizes.get(name);
          structs.put(
              name,
              new Struct(
                  name,
                  size,
                  structSize == null ? OptionalLong.empty() : OptionalLong.of(structSize),
                  List.copyOf(fields.getOrDefault(name, List.of()))));
        });
    return new AbiTable(structs, enums);
  }
}
