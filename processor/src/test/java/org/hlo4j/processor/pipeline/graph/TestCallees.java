package org.hlo4j.processor.pipeline.graph;

import java.util.Optional;
import java.util.Set;
import org.hlo4j.internal.mlir.analysis.EntryPoint;
import org.hlo4j.internal.mlir.model.MlirModule;
import org.hlo4j.internal.mlir.syntax.MlirReader;
import org.hlo4j.type.Shape;

/** Creates kernels for tests of pipelines. */
public final class TestCallees {
  /** The type of all values. */
  public static final Shape VECTOR = Shape.parse("tensor<4xf32>");

  private TestCallees() {}

  /** Returns a kernel of a program, which cannot be split. */
  public static Callee of(String name, String program) {
    MlirModule module = MlirReader.read(program);
    return new Callee(
        name, module, EntryPoint.of(module), Set.of(), Optional.empty(), "it is for a test");
  }

  /** Returns a kernel of one input and one output. */
  public static Callee unary(String name) {
    return of(
        name,
        """
        func.func @main(%x: tensor<4xf32>) -> tensor<4xf32> {
          %0 = stablehlo.negate %x : tensor<4xf32>
          return %0 : tensor<4xf32>
        }
        """);
  }

  /** Returns a value of the type of all. */
  public static FlowValue value(String name) {
    return new FlowValue(name, VECTOR);
  }
}
