package org.hlo4j.internal.pjrt;

import static com.google.common.truth.Truth.assertThat;
import static org.junit.jupiter.api.Assertions.assertThrows;

import java.lang.foreign.Arena;
import java.lang.foreign.MemorySegment;
import java.lang.foreign.ValueLayout;
import java.nio.file.Path;
import org.hlo4j.error.PjrtException;
import org.hlo4j.error.PluginException;
import org.hlo4j.error.StatusCode;
import org.hlo4j.error.UnsupportedPluginException;
import org.hlo4j.internal.pjrt.abi.PJRT_Api;
import org.hlo4j.internal.pjrt.abi.PJRT_Api_Version;
import org.hlo4j.internal.pjrt.abi.PjrtFunction;
import org.junit.jupiter.api.Test;

final class ApiTest {
  private static final Path LIBRARY = Path.of("libplugin.so");

  private static MemorySegment table(int major, int minor, long size) {
    MemorySegment table = Arena.ofAuto().allocate(size, Long.BYTES);
    table.set(ValueLayout.JAVA_LONG, PJRT_Api.struct_size$OFFSET, size);
    MemorySegment version =
        table.asSlice(PJRT_Api.pjrt_api_version$OFFSET, PJRT_Api_Version.SIZEOF);
    PJRT_Api_Version.major_version(version, major);
    PJRT_Api_Version.minor_version(version, minor);
    return table;
  }

  @Test
  void anotherMajorVersionIsRefused() {
    PluginException refused =
        assertThrows(PluginException.class, () -> new Api(LIBRARY, table(1, 90, PJRT_Api.SIZEOF)));

    assertThat(refused)
        .hasMessageThat()
        .isEqualTo(
            "libplugin.so implements version 1.90 of the PJRT C API; 0.80 or a newer 0.x is required");
  }

  @Test
  void aLibraryWithoutTheEntryIsRefused() {
    Path file = Path.of(System.getProperty("java.home"), "lib", System.mapLibraryName("zip"));

    UnsupportedPluginException refused =
        assertThrows(UnsupportedPluginException.class, () -> Api.table(file));

    assertThat(refused)
        .hasMessageThat()
        .isEqualTo(file + " is not a PJRT plugin: it does not export the function GetPjrtApi");
  }

  @Test
  void aVersionThatIsTooOldIsRefused() {
    PluginException refused =
        assertThrows(PluginException.class, () -> new Api(LIBRARY, table(0, 40, PJRT_Api.SIZEOF)));

    assertThat(refused).hasMessageThat().contains("implements version 0.40");
  }

  @Test
  void aFunctionBeyondThePluginsTableIsAbsentByName() {
    Api api = new Api(LIBRARY, table(0, 90, PjrtFunction.PJRT_Error_GetCode.slot()));

    assertThat(api.has(PjrtFunction.PJRT_Client_Create)).isFalse();
    PjrtException refused =
        assertThrows(
            PjrtException.class,
            () -> api.call(PjrtFunction.PJRT_Client_Create, MemorySegment.NULL));
    assertThat(refused.code()).isEqualTo(StatusCode.UNIMPLEMENTED);
    assertThat(refused)
        .hasMessageThat()
        .isEqualTo("The plugin libplugin.so (C API 0.90) has no PJRT_Client_Create");
  }

  @Test
  void aSlotThatIsNullIsAbsentAsWell() {
    Api api = new Api(LIBRARY, table(0, 90, PJRT_Api.SIZEOF));

    assertThat(api.has(PjrtFunction.PJRT_Error_Destroy)).isFalse();
  }
}
