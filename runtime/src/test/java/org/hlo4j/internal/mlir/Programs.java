package org.hlo4j.internal.mlir;

import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.NullUnmarked;

/** Programs for tests: the corpus that JAX exported, and short ones. */
@NullUnmarked
final class Programs {
  private Programs() {}

  /** The text of a file of the corpus. */
  static String resource(String name) {
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
  static List<Operation> body(String... lines) {
    String text =
        "func.func @main(%a: tensor<4xf32>, %b: tensor<4xf32>, %i: tensor<i32>) {\n"
            + String.join("\n", lines)
            + "\n}\n";
    return function(text).body().entry().operations();
  }

  /** The only operation of such a function. */
  static Operation only(String... lines) {
    List<Operation> operations = body(lines);
    if (operations.size() != 1) {
      throw new AssertionError("expected one operation: " + operations);
    }
    return operations.get(0);
  }

  /** The function {@code @main} of a program. */
  static Function function(String text) {
    Function main = MlirReader.read(text).function("main");
    if (main == null) {
      throw new AssertionError("no @main");
    }
    return main;
  }

  static List<String> names(List<Operation> operations) {
    return operations.stream().map(Operation::name).toList();
  }

  static List<String> valueNames(List<Value> values) {
    return values.stream().map(Value::name).toList();
  }

  static List<String> valueTypes(List<Value> values) {
    List<String> types = new ArrayList<>();
    for (Value value : values) {
      types.add(String.valueOf(value.type()));
    }
    return types;
  }

  /** All operations of a module but the module itself, outer ones first. */
  static List<Operation> all(MlirModule module) {
    List<Operation> all = new ArrayList<>();
    module.operations().forEach(operation -> operation.walk(all::add));
    return all;
  }
}
