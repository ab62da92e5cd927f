package org.hlo4j.cli.init;

import java.util.Optional;
import org.hlo4j.Program;
import org.hlo4j.Sharding;
import org.hlo4j.type.Shape;

/** The inputs or the outputs of a program. */
enum Side {
  INPUT {
    @Override
    Shape shape(Program program, int place) {
      return program.inputs().get(place).shape();
    }

    @Override
    Optional<Sharding> sharding(Program program, int place) {
      return program.inputs().get(place).sharding();
    }
  },
  OUTPUT {
    @Override
    Shape shape(Program program, int place) {
      return program.outputs().get(place).shape();
    }

    @Override
    Optional<Sharding> sharding(Program program, int place) {
      return program.outputs().get(place).sharding();
    }
  };

  abstract Shape shape(Program program, int place);

  abstract Optional<Sharding> sharding(Program program, int place);
}
