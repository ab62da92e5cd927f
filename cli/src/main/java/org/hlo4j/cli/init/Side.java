package org.hlo4j.cli.init;

import java.util.List;
import java.util.Optional;
import org.hlo4j.Program;
import org.hlo4j.ProgramInput;
import org.hlo4j.ProgramOutput;
import org.hlo4j.Sharding;
import org.hlo4j.type.Shape;

/** The shapes and shardings of the inputs or the outputs of a program, in order. */
record Side(List<Shape> shapes, List<Optional<Sharding>> shardings) {
  Side {
    shapes = List.copyOf(shapes);
    shardings = List.copyOf(shardings);
  }

  static Side inputs(Program program) {
    return new Side(
        program.inputs().stream().map(ProgramInput::shape).toList(),
        program.inputs().stream().map(ProgramInput::sharding).toList());
  }

  static Side outputs(Program program) {
    return new Side(
        program.outputs().stream().map(ProgramOutput::shape).toList(),
        program.outputs().stream().map(ProgramOutput::sharding).toList());
  }
}
