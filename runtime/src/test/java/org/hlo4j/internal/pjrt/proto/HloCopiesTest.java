package org.hlo4j.internal.pjrt.proto;

import static com.google.common.truth.Truth.assertThat;

import java.util.List;
import java.util.Locale;
import org.junit.jupiter.api.Test;

/** Programs by hand, as {@code hlo.proto} has them. */
final class HloCopiesTest {
  private static final int F32 = 11;
  private static final int S32 = 4;

  private static ProtoWriter shape(int elementType, int... dimensions) {
    ProtoWriter shape = new ProtoWriter().integer(2, elementType);
    for (int dimension : dimensions) {
      shape.integer(3, dimension);
    }
    return shape;
  }

  private static ProtoWriter instruction(String opcode, ProtoWriter shape) {
    return new ProtoWriter().string(1, opcode + ".1").string(2, opcode).message(3, shape);
  }

  private static ProtoWriter copy(int... dimensions) {
    return instruction("copy", shape(F32, dimensions));
  }

  private static ProtoWriter call(String opcode, Integer... called) {
    return instruction(opcode, shape(F32, 4)).packed(38, List.of(called));
  }

  private static ProtoWriter loop(String backendConfig, Integer... called) {
    return call("while", called).string(43, backendConfig);
  }

  private static String trips(long count) {
    return String.format(
        Locale.ROOT,
        "{\"known_trip_count\":{\"n\":\"%d\"},\"known_init_step\":{\"init\":\"0\"}}",
        count);
  }

  private static ProtoWriter computation(int id, ProtoWriter... instructions) {
    ProtoWriter computation = new ProtoWriter().string(1, "computation");
    for (ProtoWriter instruction : instructions) {
      computation.message(2, instruction);
    }
    return computation.integer(5, id);
  }

  private static HloModule module(int entry, ProtoWriter... computations) {
    ProtoWriter module = new ProtoWriter().string(1, "module");
    for (ProtoWriter computation : computations) {
      module.message(3, computation);
    }
    module.integer(6, entry);
    return HloModule.read(new ProtoWriter().message(1, module).toByteArray());
  }

  @Test
  void aCopyOutsideOfLoopsMovesItsBytesOnce() {
    HloModule module = module(1, computation(1, copy(2, 3)));

    assertThat(module.copies()).isEqualTo(new HloCopies(0, 24));
  }

  @Test
  void aCopyInALoopMovesItsBytesAsOftenAsTheLoopGoesRound() {
    HloModule module =
        module(3, computation(1, copy(4)), computation(2), computation(3, loop(trips(8), 1, 2)));

    assertThat(module.copies()).isEqualTo(new HloCopies(1, 128));
  }

  @Test
  void tripCountsOfLoopsInLoopsMultiply() {
    HloModule module =
        module(
            3,
            computation(1, copy(4)),
            computation(2, copy(1), loop(trips(5), 1)),
            computation(3, copy(2), loop(trips(3), 2)));

    assertThat(module.copies()).isEqualTo(new HloCopies(2, 16 * 15 + 4 * 3 + 8));
  }

  @Test
  void aLoopOfUnknownLengthIsTakenForOneRound() {
    for (String config : List.of("", "{}", "{\"known_trip_count\":{}}", "{\"n\":\"7\"}")) {
      HloModule module = module(2, computation(1, copy(4)), computation(2, loop(config, 1)));

      assertThat(module.copies()).isEqualTo(new HloCopies(1, 16));
    }
  }

  @Test
  void aTripCountIsReadWithBlanksAndWithoutQuotes() {
    String config = "{\"known_trip_count\" : { \"n\" : 6 }}";
    HloModule module = module(2, computation(1, copy(4)), computation(2, loop(config, 1)));

    assertThat(module.copies()).isEqualTo(new HloCopies(1, 96));
  }

  @Test
  void copiesOfScalarsAreLeftOut() {
    ProtoWriter counter = instruction("copy", shape(S32));
    HloModule module =
        module(2, computation(1, counter), computation(2, counter, loop(trips(8), 1)));

    assertThat(module.copies()).isEqualTo(new HloCopies(0, 0));
    assertThat(module.operations()).containsEntry("copy", 2);
  }

  @Test
  void copiesInWhatALoopCallsStandInTheLoop() {
    HloModule module =
        module(
            5,
            computation(1, copy(4)),
            computation(2, call("fusion", 1)),
            computation(3, copy(8)),
            computation(4, call("conditional", 2, 3)),
            computation(5, loop(trips(2), 4)));

    assertThat(module.copies()).isEqualTo(new HloCopies(2, 2 * (16 + 32)));
  }

  @Test
  void aComputationCountsOnceForEachOfItsCalls() {
    HloModule module =
        module(2, computation(1, copy(4)), computation(2, call("call", 1), loop(trips(2), 1, 1)));

    assertThat(module.copies()).isEqualTo(new HloCopies(1, 16 * 5));
  }

  @Test
  void anAsynchronousCopyMovesTheFirstPartOfItsShape() {
    ProtoWriter pair = new ProtoWriter().integer(2, 13);
    pair.message(4, shape(F32, 4)).message(4, shape(F32, 4)).message(4, shape(S32));
    HloModule module =
        module(
            1,
            computation(
                1, instruction("copy-start", pair), instruction("copy-done", shape(F32, 4))));

    assertThat(module.copies()).isEqualTo(new HloCopies(0, 16));
  }

  @Test
  void whatElseHasBuffersMovesNone() {
    HloModule module = module(1, computation(1, instruction("add", shape(F32, 1024))));

    assertThat(module.copies()).isEqualTo(new HloCopies(0, 0));
  }

  @Test
  void numbersThatAreTooLargeStayAtTheLargest() {
    ProtoWriter[] nest = new ProtoWriter[6];
    nest[0] = computation(1, copy(4));
    for (int i = 1; i < nest.length; i++) {
      nest[i] = computation(i + 1, loop(trips(1_000_000), i));
    }

    assertThat(module(nest.length, nest).copies()).isEqualTo(new HloCopies(1, Long.MAX_VALUE));
  }

  @Test
  void aCallOfWhatIsNotThereMovesNothing() {
    HloModule module = module(1, computation(1, call("call", 7), call("call", 1)));

    assertThat(module.copies()).isEqualTo(new HloCopies(0, 0));
  }
}
