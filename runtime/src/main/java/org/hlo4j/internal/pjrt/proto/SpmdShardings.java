package org.hlo4j.internal.pjrt.proto;

import java.util.ArrayList;
import java.util.List;
import org.hlo4j.internal.sharding.GspmdText;
import org.hlo4j.internal.sharding.Tiling;

/**
 * XLA's shardings of a program's parameters and outputs over its partitions. Immutable.
 *
 * @param parameters the sharding of each parameter; empty if the program is not partitioned
 * @param outputs the sharding of each output; empty if the program is not partitioned
 * @see <a href="https://github.com/openxla/xla/blob/main/xla/xla_data.proto">xla_data.proto</a>
 */
public record SpmdShardings(List<Tiling> parameters, List<Tiling> outputs) {
  private static final int MODULE_OUTPUT_SHARDING = 12;
  private static final int MODULE_PARAMETER_SHARDINGS = 14;

  public SpmdShardings {
    parameters = List.copyOf(parameters);
    outputs = List.copyOf(outputs);
  }

  /**
   * Parses an {@code HloModuleProtoWithConfig}.
   *
   * @param partitions the number of partitions
   * @throws IllegalArgumentException if the bytes are malformed, or a sharding does not determine
   *     the elements of each device
   */
  public static SpmdShardings read(byte[] bytes, int partitions) {
    List<Tiling> parameters = new ArrayList<>();
    List<Tiling> outputs = new ArrayList<>();
    ProtoReader module = HloModule.module(bytes);
    while (module.next()) {
      if (module.field() == MODULE_PARAMETER_SHARDINGS) {
        parameters.add(new OpSharding(module.message()).tiling(partitions));
      } else if (module.field() == MODULE_OUTPUT_SHARDING) {
        outputs.addAll(new OpSharding(module.message()).tilings(partitions));
      }
    }
    return new SpmdShardings(parameters, outputs);
  }

  /** The message {@code OpSharding}. */
  private static final class OpSharding {
    private static final int TYPE = 1;
    private static final int DIMENSIONS = 3;
    private static final int DEVICES = 4;
    private static final int TUPLE = 5;
    private static final int REPLICATE_ON_LAST = 6;
    private static final int LAST_TILE_DIMS = 8;
    private static final int IOTA_SIZES = 9;
    private static final int IOTA_PERMUTATION = 10;

    private static final int TYPE_REPLICATED = 0;
    private static final int TYPE_MAXIMAL = 1;
    private static final int TYPE_TUPLE = 2;
    private static final int TYPE_OTHER = 3;

    private int type;
    private final List<Integer> dimensions = new ArrayList<>();
    private final List<Integer> devices = new ArrayList<>();
    private final List<OpSharding> parts = new ArrayList<>();
    private boolean replicateOnLast;
    private final List<Integer> lastTileDims = new ArrayList<>();
    private final List<Integer> iotaSizes = new ArrayList<>();
    private final List<Integer> iotaPermutation = new ArrayList<>();

    OpSharding(ProtoReader message) {
      while (message.next()) {
        switch (message.field()) {
          case TYPE -> type = (int) message.integer();
          case DIMENSIONS -> message.integers(value -> dimensions.add((int) value));
          case DEVICES -> message.integers(value -> devices.add((int) value));
          case TUPLE -> parts.add(new OpSharding(message.message()));
          case REPLICATE_ON_LAST -> replicateOnLast = message.integer() != 0;
          case LAST_TILE_DIMS -> message.integers(value -> lastTileDims.add((int) value));
          case IOTA_SIZES -> message.integers(value -> iotaSizes.add((int) value));
          case IOTA_PERMUTATION -> message.integers(value -> iotaPermutation.add((int) value));
          default -> {
            // Sizes of tiles, names and groups do not affect the assignment.
          }
        }
      }
    }

    /** Returns the shardings of a tuple's parts. */
    List<Tiling> tilings(int partitions) {
      return type == TYPE_TUPLE
          ? parts.stream().map(part -> part.tiling(partitions)).toList()
          : List.of(tiling(partitions));
    }

    Tiling tiling(int partitions) {
      return switch (type) {
        case TYPE_REPLICATED -> Tiling.replicated(partitions);
        case TYPE_MAXIMAL -> Tiling.onOne(devices.get(0), partitions);
        case TYPE_OTHER -> Tiling.ofOrder(dimensions, order(), shared());
        default ->
            throw new IllegalArgumentException("XLA chose an unsupported sharding of kind " + type);
      };
    }

    private List<Integer> order() {
      return iotaSizes.isEmpty() ? devices : GspmdText.iota(iotaSizes, iotaPermutation);
    }

    private int shared() {
      for (int kind : lastTileDims) {
        if (kind != TYPE_REPLICATED) {
          throw new IllegalArgumentException(
              "XLA chose an unsupported sharding over devices of kind " + kind);
        }
      }
      return lastTileDims.isEmpty() && replicateOnLast ? 1 : lastTileDims.size();
    }
  }
}
