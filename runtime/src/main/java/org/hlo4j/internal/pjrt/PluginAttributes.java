package org.hlo4j.internal.pjrt;

import java.lang.foreign.MemorySegment;
import java.lang.foreign.ValueLayout;
import java.util.Arrays;
import java.util.List;
import org.hlo4j.internal.pjrt.abi.PJRT_NamedValue;
import org.hlo4j.internal.pjrt.abi.PJRT_NamedValue_Type;
import org.hlo4j.internal.pjrt.abi.PJRT_Plugin_Attributes_Args;
import org.hlo4j.internal.pjrt.abi.PjrtFunction;

/** A plugin's attributes. */
final class PluginAttributes {
  private PluginAttributes() {}

  /** Returns the integers of a list attribute; empty if the plugin has none with that name. */
  static List<Long> integers(Api api, String name) {
    try (Scratch scratch = Scratch.take()) {
      MemorySegment args = PJRT_Plugin_Attributes_Args.allocate(scratch);
      if (!api.callIfImplemented(PjrtFunction.PJRT_Plugin_Attributes, args)) {
        // Attributes are optional.
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
        // The size of an attribute differs from this binding's, so the next one cannot be located.
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
