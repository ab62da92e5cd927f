package org.hlo4j.processor.model;

import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;
import org.hlo4j.internal.mlir.text.SourceText;
import org.hlo4j.processor.message.Place;

/**
 * A kernel: a method and its program.
 *
 * @param javadoc the method's own Javadoc, or empty
 * @param deprecated whether its use gives a warning
 * @param result its result, or empty for {@code void}
 * @param place where problems with the method are shown
 * @param programPlace where problems with the program are shown
 */
public record KernelMethod(
    String name,
    String qualifiedName,
    String javadoc,
    boolean deprecated,
    List<Parameter> parameters,
    Optional<Structure> result,
    KernelProgram program,
    Place place,
    Place programPlace) {
  public KernelMethod {
    parameters = List.copyOf(parameters);
  }

  /** Returns the tensors that it takes, in order, with records flattened. */
  public List<Structure.Leaf> inputs() {
    return parameters.stream().flatMap(parameter -> parameter.structure().leaves()).toList();
  }

  /** Returns the Java names of the tensors that it takes, in order. */
  public List<String> inputNames() {
    return inputs().stream().map(Structure.Leaf::path).toList();
  }

  /** Returns the tensors that it returns, in order, with records flattened. */
  public List<Structure.Leaf> outputs() {
    return result.map(Structure::leaves).orElseGet(Stream::empty).toList();
  }

  /**
   * Describes a problem in the user's program, or in a pipeline's compiled one.
   *
   * @param compiled the text that was compiled
   */
  public String describe(String compiled, int line, int column, String problem) {
    return switch (program) {
      case KernelProgram.Standalone standalone -> standalone.describe(line, column, problem);
      case KernelProgram.Pipeline unused ->
          line == 0 ? problem : new SourceText(compiled).describe(line, column, problem);
    };
  }
}
