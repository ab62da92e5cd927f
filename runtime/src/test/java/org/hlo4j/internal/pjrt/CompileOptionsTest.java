package org.hlo4j.internal.pjrt;

import static com.google.common.truth.Truth.assertThat;

import java.util.HexFormat;
import org.junit.jupiter.api.Test;

final class CompileOptionsTest {
  @Test
  void messagesAreWrittenAsProtocolBuffersAre() {
    byte[] bytes =
        new ProtoWriter()
            .message(3, new ProtoWriter().integer(4, 1).integer(5, 300))
            .message(7, new ProtoWriter().string(1, "ab").bool(2, false))
            .toByteArray();

    assertThat(HexFormat.of().formatHex(bytes)).isEqualTo("1a05200128ac02" + "3a060a0261621000");
  }
}
