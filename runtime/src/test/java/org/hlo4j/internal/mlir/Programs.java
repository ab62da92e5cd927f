package org.hlo4j.internal.mlir;

import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import org.hlo4j.internal.mlir.model.Function;
import org.hlo4j.internal.mlir.model.MlirModule;
import org.hlo4j.internal.mlir.model.Operation;
import org.hlo4j.internal.mlir.model.Value;
import org.hlo4j.internal.mlir.syntax.MlirReader;
import org.jspecify.annotations.NullUnmarked;

/** Programs for tests: the corpus that JAX exported, and short ones. */
@NullUnmarked
public final class Programs {
  private Programs() {}

  /** The text of a file of the corpus. */
  public static String resource(String name) {
    try (InputStream in = Programs.class.getResourceAsStream("corpus/" + name)) {
      if (in == null) {
        throw new IllegalArgumentException("no resource " + name);
      }
      return new String(in.readAllBytes(), StandardCharsets.UTF_8);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  /** The operations of a function that takes {@code %a}, {@code %b} and {@code %i}. */
  public static List<Operation> body(String... lines) {
    String text =
        "func.func @main(%a: tensor<4xf32>, %b: tensor<4xf32>, %i: tensor<i32>) {\n"
            + String.join("\n", lines)
            + "\n}\n";
    return function(text).body().entry().operations();
  }

  /** The only operation of such a function. */
  public static Operation only(String... lines) {
    List<Operation> operations = body(lines);
    if (operations.size() != 1) {
      throw new AssertionError("expected one operation: " + operations);
    }
    return operations.get(0);
  }

  /** The function {@code @main} of a program. */
  public static Function function(String text) {
    Function main = MlirReader.read(text).function("main");
    if (main == null) {
      throw new AssertionError("no @main");
    }
    return main;
  }

  public static List<String> names(List<Operation> operations) {
    return operations.stream().map(Operation::name).toList();
  }

  public static List<String> valueNames(List<Value> values) {
    return values.stream().map(Value::name).toList();
  }

  public static List<String> valueTypes(List<Value> values) {
    List<String> types = new ArrayList<>();
    for (Value value : values) {
      types.add(String.valueOf(value.type()));
    }
    return types;
  }

  /** All operations of a module but the module itself, outer ones first. */
  public static List<Operation> all(MlirModule module) {
    List<Operation> all = new ArrayList<>();
    module.operations().forEach(operation -> operation.walk(all::add));
    return all;
  }
}
