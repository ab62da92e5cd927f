package org.hlo4j.internal.sharding;

import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Collections;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.hlo4j.error.CompilationException;
import org.hlo4j.internal.mlir.analysis.EntryPoint;
import org.hlo4j.internal.mlir.model.Attribute;
import org.hlo4j.internal.mlir.model.Attributes;
import org.hlo4j.internal.mlir.model.Function;
import org.hlo4j.internal.mlir.model.FunctionResult;
import org.hlo4j.internal.mlir.model.MlirModule;
import org.hlo4j.internal.mlir.model.Operation;
import org.hlo4j.internal.mlir.text.SourceText;
import org.hlo4j.type.Shape;

/**
 * The shardings that a program declares for its inputs and outputs. Immutable.
 *
 * @param inputs for each input what the program says, if it says all
 * @param outputs for each output what the program says, if it says all
 * @param shardy whether it says so in Shardy's dialect, which XLA has to be told
 */
public record DeclaredShardings(
    List<Optional<Tiling>> inputs, List<Optional<Tiling>> outputs, boolean shardy) {
  private static final String DIALECT = "sdy.";

  /** Bytecode begins with the names of its dialects, each ended by a zero. */
  private static final String DIALECT_IN_BYTECODE = "\0sdy\0";

  private static final String MESH = "sdy.mesh";
  private static final String SHARDY = "sdy.sharding";
  private static final String GSPMD = "mhlo.sharding";

  public DeclaredShardings {
    inputs = List.copyOf(inputs);
    outputs = List.copyOf(outputs);
  }

  /** Of a program with one partition, where each device has the whole of everything. */
  public static DeclaredShardings whole(EntryPoint entry) {
    Optional<Tiling> whole = Optional.of(Tiling.WHOLE);
    return new DeclaredShardings(
        Collections.nCopies(entry.inputs().size(), whole),
        Collections.nCopies(entry.outputs().size(), whole),
        false);
  }

  /** Each of some shardings; nothing if one is not declared. */
  public static Optional<List<Tiling>> all(List<Optional<Tiling>> declared) {
    return declared.stream().allMatch(Optional::isPresent)
        ? Optional.of(declared.stream().map(Optional::orElseThrow).toList())
        : Optional.empty();
  }

  /** Of a program in bytecode, which nobody has read. */
  public static DeclaredShardings unknown(EntryPoint entry, byte[] bytecode) {
    return new DeclaredShardings(
        Collections.nCopies(entry.inputs().size(), Optional.empty()),
        Collections.nCopies(entry.outputs().size(), Optional.empty()),
        new String(bytecode, StandardCharsets.ISO_8859_1).contains(DIALECT_IN_BYTECODE));
  }

  /**
   * Reads a module's.
   *
   * @param partitions how many the program runs as, more than one
   * @throws CompilationException if one cannot be; the message shows the line
   */
  public static DeclaredShardings of(MlirModule module, EntryPoint entry, int partitions) {
    Reader reader = new Reader(module, partitions);
    List<Optional<Tiling>> inputs =
        entry.inputs().stream()
            .map(input -> reader.read(input.argument().attributes(), input.shape()))
            .toList();
    List<Optional<Tiling>> outputs = new ArrayList<>();
    for (FunctionResult result : entry.function().results()) {
      Shape shape = entry.outputs().get(outputs.size()).shape();
      outputs.add(reader.read(result.attributes(), shape));
    }
    return new DeclaredShardings(inputs, outputs, usesShardy(module));
  }

  /** Whether a module has anything of Shardy's dialect. */
  private static boolean usesShardy(MlirModule module) {
    boolean[] found = {false};
    for (Operation operation : module.operations()) {
      operation.walk(inner -> found[0] |= inner.name().startsWith(DIALECT));
    }
    for (Function function : module.functions()) {
      function.arguments().forEach(a -> found[0] |= a.attributes().has(SHARDY));
      function.results().forEach(r -> found[0] |= r.attributes().has(SHARDY));
    }
    return found[0];
  }

  /** Reads the attributes of one module. */
  private static final class Reader {
    private final MlirModule module;
    private final SourceText source;
    private final int partitions;
    private final Map<String, Mesh> meshes = new HashMap<>();

    Reader(MlirModule module, int partitions) {
      this.module = module;
      this.source = module.source();
      this.partitions = partitions;
      module.operations().stream().filter(op -> op.is(MESH)).forEach(this::addMesh);
    }

    /** In the pretty form the name is a symbol before the equals sign; else both are attributes. */
    private void addMesh(Operation operation) {
      String text = operation.text();
      int equals = text.indexOf('=');
      int at = text.indexOf('@');
      Attribute generic = operation.attributes().get("mesh");
      String symbol = operation.attributes().string("sym_name");
      try {
        if (generic != null && symbol != null) {
          ShardingLexer scanner = new ShardingLexer(module.expand(generic.text()));
          scanner.accept("#sdy.mesh");
          meshes.put(symbol, Mesh.read(scanner));
        } else if (at >= 0 && at < equals) {
          String name = text.substring(at + 1, equals).strip().replace("\"", "");
          meshes.put(name, Mesh.read(new ShardingLexer(text.substring(equals + 1))));
        }
      } catch (IllegalArgumentException e) {
        throw source.refusal(operation.nameSpan().start(), String.valueOf(e.getMessage()));
      }
    }

    Optional<Tiling> read(Attributes attributes, Shape shape) {
      Attribute shardy = attributes.get(SHARDY);
      Attribute attribute = shardy != null ? shardy : attributes.get(GSPMD);
      if (attribute == null) {
        return Optional.empty();
      }
      try {
        Optional<Tiling> tiling =
            shardy != null
                ? ShardyText.parse(module.expand(attribute.text()), meshes, partitions)
                : Optional.of(GspmdText.parse(gspmd(attribute), partitions));
        tiling.ifPresent(known -> known.tileShape(shape));
        return tiling;
      } catch (IllegalArgumentException e) {
        throw attribute.refusal("%s: %s", attribute.name(), String.valueOf(e.getMessage()));
      }
    }

    private static String gspmd(Attribute attribute) {
      String text = attribute.string();
      if (text == null) {
        throw new IllegalArgumentException(attribute.text() + " is not a string");
      }
      return text;
    }
  }
}
