package org.hlo4j.internal.mlir;

import java.util.List;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * The attributes that speak of inputs and outputs by number, and not behind the input's or output's
 * own type: a program that has some cannot be made to take or return less.
 */
final class EntryAttributes {
  private static final String ALIASES = "mhlo.input_output_alias";
  private static final String OF_ARGUMENTS = "arg_attrs";
  private static final String OF_RESULTS = "res_attrs";
  private static final String LAYOUTS = "mhlo.xla_entry_computation_";
  private static final Set<String> OTHERS =
      Set.of(
          ALIASES,
          "mhlo.cross_program_prefetches",
          "mhlo.spmd_output_sharding",
          "mhlo.spmd_parameters_shardings");

  private EntryAttributes() {}

  /** Whether there are any. XLA refuses, or ends the process, where their number does not fit. */
  static boolean areIn(MlirModule module, Function main) {
    return main.attributes().has(OF_ARGUMENTS)
        || main.attributes().has(OF_RESULTS)
        || module.attributes().list().stream()
            .anyMatch(
                attribute ->
                    attribute.name().startsWith(LAYOUTS)
                        || (OTHERS.contains(attribute.name()) && !isEmptyList(attribute)));
  }

  /** One by which XLA may take the memory of an input whose own attributes do not say so. */
  static @Nullable Attribute donating(MlirModule module, Function main) {
    Attribute aliases = module.attributes().get(ALIASES);
    if (aliases != null && !isEmptyList(aliases)) {
      return aliases;
    }
    // The generic form has all attributes of arguments there, and they have been read.
    return main.signature() == null ? null : main.attributes().get(OF_ARGUMENTS);
  }

  private static boolean isEmptyList(Attribute attribute) {
    List<Attributes> list = attribute.dictionaries();
    return list != null && list.isEmpty();
  }
}
