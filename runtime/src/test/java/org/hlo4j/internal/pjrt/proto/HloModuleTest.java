package org.hlo4j.internal.pjrt.proto;

import static com.google.common.truth.Truth.assertThat;
import static org.junit.jupiter.api.Assertions.assertThrows;

import java.util.Arrays;
import java.util.Map;
import java.util.Random;
import org.junit.jupiter.api.Test;

final class HloModuleTest {
  /** A module as {@code hlo.proto} has it: two parameters, of which the second is donated. */
  private static byte[] module() {
    ProtoWriter matrix =
        new ProtoWriter().integer(2, 11).integer(3, 2).integer(3, 300); // f32[2,300]
    ProtoWriter scalar = new ProtoWriter().integer(2, 1); // pred[]
    ProtoWriter computation =
        new ProtoWriter()
            .string(1, "main")
            .message(2, new ProtoWriter().string(1, "a").string(2, "parameter"))
            .message(2, new ProtoWriter().string(1, "b").string(2, "parameter"))
            .message(2, new ProtoWriter().string(1, "c").string(2, "copy"));
    ProtoWriter alias = new ProtoWriter().integer(2, 1).integer(4, 1);
    return new ProtoWriter()
        .message(
            1,
            new ProtoWriter()
                .string(1, "module")
                .message(3, computation)
                .message(
                    4, new ProtoWriter().message(1, matrix).message(1, scalar).message(2, matrix))
                .message(8, new ProtoWriter().message(1, alias)))
        .toByteArray();
  }

  @Test
  void parametersDonationsAndOperationsAreRead() {
    HloModule module = HloModule.read(module());

    assertThat(module.signature().parameters())
        .containsExactly("tensor<2x300xf32>", "tensor<i1>")
        .inOrder();
    assertThat(module.signature().donated()).containsExactly(1);
    assertThat(module.operations()).isEqualTo(Map.of("parameter", 2, "copy", 1));
  }

  @Test
  void anEntryWithoutANumberIsAboutTheFirstParameter() {
    ProtoWriter donors = new ProtoWriter().message(1, new ProtoWriter());
    byte[] bytes =
        new ProtoWriter().message(1, new ProtoWriter().message(18, donors)).toByteArray();

    assertThat(HloModule.read(bytes).signature().donated()).containsExactly(0);
  }

  @Test
  void bytesThatAreCutShortAreRefusedOrReadAsFarAsTheyGo() {
    byte[] whole = module();

    for (int length = 1; length < whole.length; length++) {
      byte[] part = Arrays.copyOf(whole, length);
      assertThrows(IllegalArgumentException.class, () -> HloModule.read(part));
    }
    assertThat(HloModule.read(new byte[0]).signature().parameters()).isEmpty();
  }

  @Test
  void noBytesCauseAnythingButTheOneException() {
    Random random = new Random(4);
    byte[] whole = module();

    for (int i = 0; i < 20_000; i++) {
      byte[] damaged = whole.clone();
      for (int changes = random.nextInt(4); changes >= 0; changes--) {
        damaged[random.nextInt(damaged.length)] = (byte) random.nextInt();
      }
      try {
        assertThat(HloModule.read(damaged).operations()).isNotNull();
      } catch (IllegalArgumentException e) {
        assertThat(e).hasMessageThat().isNotEmpty();
      }
    }
  }
}
