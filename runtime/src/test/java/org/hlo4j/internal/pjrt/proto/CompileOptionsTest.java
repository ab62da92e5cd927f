package org.hlo4j.internal.pjrt.proto;

import static com.google.common.truth.Truth.assertThat;

import java.util.HexFormat;
import java.util.List;
import org.junit.jupiter.api.Test;

final class CompileOptionsTest {
  @Test
  void optionsForSeveralDevicesAreThoseOfJax() {
    assertThat(hex(List.of(0, 1, 2, 3), 4, true, List.of(true, true)))
        .isEqualTo(
            "1a272001280430014a18080110041a030a01001a030a01011a030a01021a030a010362020101980101");
    assertThat(hex(List.of(0, 1, 2, 3), 4, true, List.of(false)))
        .isEqualTo("1a232001280430014a18080110041a030a01001a030a01011a030a01021a030a0103980101");
    assertThat(hex(List.of(0, 1, 2, 3), 1, false, List.of(true)))
        .isEqualTo("1a12200428014a0c080410011a060a0400010203");
  }

  @Test
  void devicesAreAssignedReplicaByReplica() {
    assertThat(hex(List.of(7, 5, 3, 1), 2, false, List.of()))
        .isEqualTo(
            "1a18" + "20022802" + "3001" + "4a10" + "08021002" + "1a040a020703" + "1a040a020501");
  }

  private static String hex(
      List<Integer> devices, int partitions, boolean shardy, List<Boolean> open) {
    return HexFormat.of()
        .formatHex(CompileOptions.forDevices(devices, partitions, shardy, open, "other"));
  }

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
