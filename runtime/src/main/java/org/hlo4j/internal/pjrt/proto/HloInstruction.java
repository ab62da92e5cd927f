package org.hlo4j.internal.pjrt.proto;

import java.util.ArrayList;
import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/**
 * An instruction of a computation. Immutable.
 *
 * @param opcode HLO's name of the operation
 * @param called the ids of the computations that it calls
 * @param trips the number of times that it calls them: the trip count of a loop, if known
 * @param copiedBytes the bytes that it copies; 0 if it is not a copy, or one of a scalar
 * @param parameter the index of a parameter instruction
 * @param label the exporter's name of a parameter; empty if there is none
 * @see <a href="https://github.com/openxla/xla/blob/main/xla/service/hlo.proto">hlo.proto</a>
 */
record HloInstruction(
    String opcode, List<Long> called, long trips, long copiedBytes, int parameter, String label) {
  private static final int OPCODE = 2;
  private static final int SHAPE = 3;
  private static final int METADATA = 7;
  private static final int PARAMETER = 9;
  private static final int CALLED_COMPUTATIONS = 38;
  private static final int BACKEND_CONFIG = 43;
  private static final int METADATA_OP_NAME = 2;

  private static final String LOOP = "while";
  private static final String COPY = "copy";

  /** Its shape is a tuple that begins with the copy. */
  private static final String COPY_START = "copy-start";

  /** A loop's backend config is a message as JSON, in which 64-bit integers are quoted. */
  private static final Pattern TRIP_COUNT =
      Pattern.compile("\"known_trip_count\"\\s*:\\s*\\{\\s*\"n\"\\s*:\\s*\"?(\\d{1,18})\\b");

  static HloInstruction read(ProtoReader message) {
    String opcode = "";
    ProtoReader shape = null;
    String backendConfig = "";
    String opName = "";
    int parameter = 0;
    List<Long> called = new ArrayList<>();
    while (message.next()) {
      switch (message.field()) {
        case OPCODE -> opcode = message.string();
        case SHAPE -> shape = message.message();
        case METADATA -> opName = opName(message.message());
        case PARAMETER -> parameter = (int) message.integer();
        case CALLED_COMPUTATIONS -> message.integers(called::add);
        case BACKEND_CONFIG -> backendConfig = message.string();
        default -> {}
      }
    }
    return new HloInstruction(
        opcode,
        List.copyOf(called),
        opcode.equals(LOOP) ? trips(backendConfig) : 1,
        copiedBytes(opcode, shape),
        parameter,
        opcode.equals("parameter") ? opName : "");
  }

  private static String opName(ProtoReader metadata) {
    String name = "";
    while (metadata.next()) {
      if (metadata.field() == METADATA_OP_NAME) {
        name = metadata.string();
      }
    }
    return name;
  }

  private static long trips(String backendConfig) {
    Matcher known = TRIP_COUNT.matcher(backendConfig);
    return known.find() ? Long.parseLong(known.group(1)) : 1;
  }

  private static long copiedBytes(String opcode, @Nullable ProtoReader shape) {
    if (shape == null) {
      return 0;
    }
    return switch (opcode) {
      case COPY -> HloShape.read(shape).bufferBytes();
      case COPY_START ->
          HloShape.read(shape).parts().stream().findFirst().map(HloShape::bufferBytes).orElse(0L);
      default -> 0;
    };
  }

  boolean isLoop() {
    return opcode.equals(LOOP);
  }

  /** Returns whether it copies more than a scalar. */
  boolean copiesBuffer() {
    return copiedBytes > 0;
  }
}
