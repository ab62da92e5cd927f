package org.hlo4j.internal.pjrt.proto;

import java.util.ArrayList;
import java.util.List;

/**
 * A computation of an optimized program. Immutable.
 *
 * @param id its id in calls
 * @param instructions its instructions
 * @see <a href="https://github.com/openxla/xla/blob/main/xla/service/hlo.proto">hlo.proto</a>
 */
record HloComputation(long id, List<HloInstruction> instructions) {
  private static final int INSTRUCTIONS = 2;
  private static final int ID = 5;

  static HloComputation read(ProtoReader message) {
    long id = 0;
    List<HloInstruction> instructions = new ArrayList<>();
    while (message.next()) {
      if (message.field() == INSTRUCTIONS) {
        instructions.add(HloInstruction.read(message.message()));
      } else if (message.field() == ID) {
        id = message.integer();
      }
    }
    return new HloComputation(id, List.copyOf(instructions));
  }
}
