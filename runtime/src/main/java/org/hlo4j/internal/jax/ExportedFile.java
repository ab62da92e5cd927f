package org.hlo4j.internal.jax;

import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.hlo4j.error.CompilationException;
import org.hlo4j.internal.mlir.rewrite.PlatformIndex;
import org.hlo4j.internal.mlir.text.Bytecode;

/**
 * A file of {@code jax.export.Exported.serialize()}: a program in portable bytecode with JAX's
 * metadata. Immutable.
 *
 * @param platforms the platforms that it was exported for, in order
 * @param devices the number of devices
 * @param inputs the types of the program's inputs
 * @param outputs the types of the program's outputs
 * @param module the program in bytecode
 */
public record ExportedFile(
    List<String> platforms, int devices, List<String> inputs, List<String> outputs, Module module) {
  /** The numbers of the fields in JAX's schema, {@code serialization.fbs}. */
  private static final int VERSION = 0;

  private static final int IN_AVALS = 3;
  private static final int OUT_AVALS = 5;
  private static final int DEVICES_AS_INT16 = 6;
  private static final int PLATFORMS = 9;
  private static final int ORDERED_EFFECTS = 10;
  private static final int MODULE = 13;
  private static final int KEPT_INPUTS = 15;
  private static final int DEVICES = 18;
  private static final int UNIQUE_AVALS = 19;
  private static final int IN_AVAL_PLACES = 22;
  private static final int OUT_AVAL_PLACES = 23;

  private static final int AVAL_KIND = 0;
  private static final int AVAL_SHAPE = 1;
  private static final int AVAL_TYPE = 2;
  private static final int SHAPED_ARRAY = 0;

  /** Covers the schema's versions so far, and future ones; other files begin with other numbers. */
  private static final int LATEST_VERSION = 99;

  /** The number of fields up to the module in the first version. */
  private static final int FEWEST_FIELDS = 14;

  private static final int MOST_FIELDS = 99;

  /** The element types, in the order of the schema. */
  private static final List<String> ELEMENTS =
      List.of(
          "i1",
          "i8",
          "i16",
          "i32",
          "i64",
          "ui8",
          "ui16",
          "ui32",
          "ui64",
          "f16",
          "f32",
          "f64",
          "complex<f32>",
          "complex<f64>",
          "bf16",
          "i4",
          "ui4",
          "f8E4M3B11FNUZ",
          "f8E4M3FN",
          "f8E4M3FNUZ",
          "f8E5M2",
          "f8E5M2FNUZ",
          "i1",
          "f8E4M3",
          "f8E3M4",
          "f8E8M0FNU",
          "f4E2M1FN");

  /** The lengths of the arrays that represent random keys, by their number in the schema. */
  private static final Map<Integer, Integer> KEYS = Map.of(27, 2, 28, 4, 29, 4);

  private static final List<String> DONATIONS = List.of("tf.aliasing_output", "jax.buffer_donor");

  public ExportedFile {
    platforms = List.copyOf(platforms);
    inputs = List.copyOf(inputs);
    outputs = List.copyOf(outputs);
  }

  /** A program's bytes. Immutable. */
  public static final class Module {
    private final byte[] content;

    private Module(byte[] content) {
      this.content = content;
    }

    public byte[] content() {
      return content.clone();
    }
  }

  /** Returns whether a file is one, possibly corrupt: the format has no magic number. */
  public static boolean isOne(byte[] file) {
    if (Bytecode.isBytecode(file)) {
      return false;
    }
    try {
      FlatTable table = FlatTable.root(file);
      int version = table.uint16Of(VERSION);
      return table.fieldCount() >= FEWEST_FIELDS
          && table.fieldCount() <= MOST_FIELDS
          && version >= 1
          && version <= LATEST_VERSION;
    } catch (CompilationException e) {
      return false;
    }
  }

  /** Returns the bytecode in a file, or the file itself if it is not one of JAX's. */
  public static byte[] moduleIn(byte[] file) {
    return isOne(file) ? moduleOf(FlatTable.root(file)) : file;
  }

  /**
   * Returns the platforms to which the platform index of bytecode refers, in order; empty if the
   * program takes no index.
   *
   * @throws CompilationException if it takes an index, but the file does not name the platforms
   */
  public static List<String> indexedPlatformsIn(byte[] file) {
    if (!PlatformIndex.isIn(moduleIn(file))) {
      return List.of();
    }
    List<String> platforms = isOne(file) ? FlatTable.root(file).strings(PLATFORMS) : List.of();
    if (platforms.size() < 2) {
      throw new CompilationException(
          "the program was exported for several platforms, but its bytecode does not name them:"
              + " use a file of Exported.serialize(), or the text, mlir_module()");
    }
    return platforms;
  }

  private static byte[] moduleOf(FlatTable table) {
    byte[] module = table.bytes(MODULE);
    if (!Bytecode.isBytecode(module)) {
      throw new CompilationException("this file of jax.export contains no bytecode");
    }
    return module;
  }

  /**
   * Reads a file.
   *
   * @throws CompilationException if it is corrupt, or its program has symbolic dimensions or
   *     ordered effects
   */
  public static ExportedFile read(byte[] file) {
    FlatTable table = FlatTable.root(file);
    byte[] module = moduleOf(table);
    if (!table.tables(ORDERED_EFFECTS).isEmpty()) {
      throw new CompilationException(
          "the program has ordered effects, such as ordered callbacks, which need Python");
    }
    List<String> all = types(table, IN_AVALS, IN_AVAL_PLACES);
    List<String> kept = table.uint16s(KEPT_INPUTS).stream().map(place -> at(all, place)).toList();
    int devices = Math.max(table.uint32Of(DEVICES), table.uint16Of(DEVICES_AS_INT16));
    return new ExportedFile(
        table.strings(PLATFORMS),
        Math.max(1, devices),
        kept,
        types(table, OUT_AVALS, OUT_AVAL_PLACES),
        new Module(module));
  }

  /** Newer files store each type once, with indices; older ones list all types in order. */
  private static List<String> types(FlatTable table, int avals, int places) {
    List<FlatTable> unique = table.tables(UNIQUE_AVALS);
    List<FlatTable> inOrder = table.tables(avals);
    if (inOrder.isEmpty()) {
      inOrder = table.uint32s(places).stream().map(place -> at(unique, place)).toList();
    }
    return inOrder.stream().map(ExportedFile::type).toList();
  }

  private static <T> T at(List<T> list, int place) {
    if (place >= list.size()) {
      throw new CompilationException(
          "this file of jax.export is damaged: it names type %s of %s"
              .formatted(place, list.size()));
    }
    return list.get(place);
  }

  private static String type(FlatTable aval) {
    int element = aval.uint8(AVAL_TYPE);
    if (aval.uint8(AVAL_KIND) != SHAPED_ARRAY) {
      throw new CompilationException("the program takes or returns a token, which needs Python");
    }
    List<String> dimensions = new ArrayList<>(aval.strings(AVAL_SHAPE));
    for (String dimension : dimensions) {
      if (!dimension.matches("\\d{1,18}")) {
        throw new CompilationException(
            "the program has the symbolic dimension %s; export it with fixed shapes"
                .formatted(dimension));
      }
    }
    Integer words = KEYS.get(element);
    if (words != null) {
      dimensions.add(words.toString());
    } else if (element >= ELEMENTS.size()) {
      throw new CompilationException(
          "the program has elements of type %s, which this version does not support"
              .formatted(element));
    }
    String shape = dimensions.stream().map(size -> size + "x").collect(Collectors.joining());
    return "tensor<%s%s>".formatted(shape, words == null ? ELEMENTS.get(element) : "ui32");
  }

  /** Returns whether the program donates inputs; the file does not identify them. */
  public boolean donates() {
    String names = new String(module.content, StandardCharsets.ISO_8859_1);
    return DONATIONS.stream().anyMatch(names::contains);
  }

  /** Returns the signature of the program's {@code @main}, without donations. */
  public String signature() {
    String arguments =
        IntStream.range(0, inputs.size())
            .mapToObj(i -> "%%arg%s: %s".formatted(i, inputs.get(i)))
            .collect(Collectors.joining(", "));
    return "(%s) -> (%s)".formatted(arguments, String.join(", ", outputs));
  }
}
