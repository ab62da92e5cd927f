package org.hlo4j.tests.mutation;

import java.util.List;
import java.util.Locale;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.hlo4j.Program;
import org.hlo4j.ProgramInput;
import org.hlo4j.type.Shape;

/** The Java source of an interface with one kernel, for any program. */
final class KernelSource {
  private KernelSource() {}

  /** An interface whose types are those of a program, and whose program is a resource. */
  static String of(String packageName, String name, Program program, String resource) {
    List<ProgramInput> inputs = program.inputs();
    List<Shape> outputs = program.outputs().stream().map(output -> output.shape()).toList();
    StringBuilder types = new StringBuilder();
    for (int i = 0; i < inputs.size(); i++) {
      types.append(type("In" + i, inputs.get(i).shape()));
    }
    for (int i = 0; i < outputs.size(); i++) {
      types.append(type("Out" + i, outputs.get(i)));
    }
    String parameters =
        IntStream.range(0, inputs.size())
            .mapToObj(
                i ->
                    (inputs.get(i).donated() ? "@Donated " : "")
                        + String.format(Locale.ROOT, "Tensor<In%d> in%d", i, i))
            .collect(Collectors.joining(", "));
    String components =
        IntStream.range(0, outputs.size())
            .mapToObj(i -> String.format(Locale.ROOT, "DeviceBuffer<Out%d> out%d", i, i))
            .collect(Collectors.joining(", "));
    return """
    package %s;
    import org.hlo4j.*;
    import org.hlo4j.annotation.*;
    @Kernels public interface %s {
    %s
      record Results(%s) {}
      @Kernel(resource = "%s") %s run(%s);
    }
    """
        .formatted(
            packageName,
            name,
            types,
            components,
            resource,
            outputs.isEmpty() ? "void" : "Results",
            parameters);
  }

  private static String type(String name, Shape shape) {
    return "  @TensorType(\"%s\") interface %s extends %s {}\n"
        .formatted(shape, name, shape.elementType().marker().getCanonicalName());
  }
}
