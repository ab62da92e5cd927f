package org.hlo4j.internal.mlir.analysis;

import java.util.List;
import java.util.Set;
import org.hlo4j.internal.mlir.model.Attribute;
import org.hlo4j.internal.mlir.model.Attributes;
import org.hlo4j.internal.mlir.model.Function;
import org.hlo4j.internal.mlir.model.MlirModule;
import org.jspecify.annotations.Nullable;

/** The attributes by which the inputs and outputs of a program share memory. */
public final class EntryAttributes {
  /** On an input: the index of the output that reuses its memory. */
  public static final String ALIASING_OUTPUT = "tf.aliasing_output";

  /** On an input: XLA may reuse its memory for any output. */
  public static final String BUFFER_DONOR = "jax.buffer_donor";

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

  /**
   * Returns whether attributes refer to inputs or outputs by index. Removing inputs or outputs from
   * such a program would make XLA reject it, or abort the process.
   */
  public static boolean numberInputsOrOutputs(MlirModule module, Function main) {
    return main.attributes().has(OF_ARGUMENTS)
        || main.attributes().has(OF_RESULTS)
        || module.attributes().list().stream()
            .anyMatch(
                attribute ->
                    attribute.name().startsWith(LAYOUTS)
                        || (OTHERS.contains(attribute.name()) && !isEmptyList(attribute)));
  }

  /**
   * Returns an attribute that permits reuse of an input's memory, but is not on the input itself.
   */
  static @Nullable Attribute donating(MlirModule module, Function main) {
    Attribute aliases = module.attributes().get(ALIASES);
    if (aliases != null && !isEmptyList(aliases)) {
      return aliases;
    }
    // In the generic form it contains the attributes of arguments, which were read.
    return main.signature() == null ? null : main.attributes().get(OF_ARGUMENTS);
  }

  private static boolean isEmptyList(Attribute attribute) {
    List<Attributes> list = attribute.dictionaries();
    return list != null && list.isEmpty();
  }
}
