package org.hlo4j.internal.pjrt;

import java.lang.foreign.MemorySegment;
import java.lang.foreign.ValueLayout;
import java.util.Arrays;
import java.util.List;
import org.hlo4j.internal.pjrt.abi.PJRT_NamedValue;
import org.hlo4j.internal.pjrt.abi.PJRT_NamedValue_Type;
import org.hlo4j.internal.pjrt.abi.PJRT_Plugin_Attributes_Args;
import org.hlo4j.internal.pjrt.abi.PjrtFunction;

/** What a plugin says of itself. */
final class PluginAttributes {
  private PluginAttributes() {}

  /**
   * The integers of an attribute that is a list of them; empty if the plugin has none of that name.
   */
  static List<Long> integers(Api api, String name) {
    try (Scratch scratch = Scratch.take()) {
      MemorySegment args = PJRT_Plugin_Attributes_Args.allocate(scratch);
      if (!api.callIfImplemented(PjrtFunction.PJRT_Plugin_Attributes, args)) {
        // A plugin need not say anything of itself.
        return List.of();
      }
      return find(
          PJRT_Plugin_Attributes_Args.attributes(args),
          PJRT_Plugin_Attributes_Args.num_attributes(args),
          name);
    }
  }

  private static List<Long> find(long attributes, long count, String name) {
    for (long i = 0; i < count; i++) {
      MemorySegment value =
          MemorySegment.ofAddress(attributes + i * PJRT_NamedValue.SIZEOF)
              .reinterpret(PJRT_NamedValue.SIZEOF);
      if (PJRT_NamedValue.struct_size(value) != PJRT_NamedValue.SIZEOF) {
        // The next one does not begin where this binding would look for it.
        return List.of();
      }
      if (PJRT_NamedValue.type(value) == PJRT_NamedValue_Type.PJRT_NamedValue_kInt64List
          && Api.string(PJRT_NamedValue.name(value), PJRT_NamedValue.name_size(value))
              .equals(name)) {
        long list = value.get(ValueLayout.JAVA_LONG, PJRT_NamedValue.union$OFFSET);
        return Arrays.stream(Api.longs(list, PJRT_NamedValue.value_size(value))).boxed().toList();
      }
    }
    return List.of();
  }
}
