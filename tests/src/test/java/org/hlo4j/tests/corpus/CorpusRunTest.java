package org.hlo4j.tests.corpus;

import static com.google.common.truth.Truth.assertThat;
import static com.google.common.truth.Truth.assertWithMessage;

import java.lang.foreign.MemorySegment;
import java.util.ArrayList;
import java.util.List;
import org.hlo4j.DeviceBuffer;
import org.hlo4j.Executable;
import org.hlo4j.Pjrt;
import org.hlo4j.Program;
import org.hlo4j.Tensor;
import org.hlo4j.type.Shape;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** Every program for one device runs through the dynamic API and gives what JAX computed. */
@Tag("plugins")
final class CorpusRunTest {
  private static final Pjrt CLIENT = Pjrt.open();

  static List<String> programs() {
    return Expectation.programs();
  }

  @AfterAll
  static void close() {
    CLIENT.close();
  }

  @ParameterizedTest
  @MethodSource("programs")
  void givesWhatJaxComputed(String name) {
    Expectation expectation = Expectation.of(name);
    Program program = Program.of(Expectation.program(name));
    Executable executable = CLIENT.device().compile(program);
    List<Tensor<?>> inputs = new ArrayList<>();
    for (int i = 0; i < program.inputs().size(); i++) {
      Shape shape = program.inputs().get(i).shape();
      assertThat(boxed(shape)).isEqualTo(expectation.inputs().get(i).shape());
      inputs.add(CLIENT.device().put(shape, Expectation.elements(name, "in_" + i)));
    }

    List<DeviceBuffer<?>> outputs = executable.execute(inputs.toArray(Tensor<?>[]::new));

    assertThat(outputs).hasSize(expectation.outputs().size());
    for (int i = 0; i < outputs.size(); i++) {
      Expectation.Output expected = expectation.outputs().get(i);
      Tolerance tolerance =
          new Tolerance(
              expected.rtol() == null ? expectation.rtol() : expected.rtol(),
              expected.atol() == null ? expectation.atol() : expected.atol());
      Shape shape = outputs.get(i).shape();
      MemorySegment got = MemorySegment.ofArray(new byte[(int) shape.byteSize()]);
      outputs.get(i).copyTo(got);
      assertThat(boxed(shape)).isEqualTo(expected.shape());
      assertWithMessage("output %s", i)
          .that(tolerance.difference(shape, got, Expectation.elements(name, "out_" + i)))
          .isEmpty();
    }
    for (int i = 0; i < inputs.size(); i++) {
      assertWithMessage("input %s is gone", i)
          .that(inputs.get(i).isClosed())
          .isEqualTo(expectation.inputs().get(i).donated());
    }
  }

  private static List<Long> boxed(Shape shape) {
    List<Long> dimensions = new ArrayList<>();
    for (long dimension : shape.dimensions()) {
      dimensions.add(dimension);
    }
    return dimensions;
  }
}
