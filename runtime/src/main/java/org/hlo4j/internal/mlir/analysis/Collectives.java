package org.hlo4j.internal.mlir.analysis;

import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.hlo4j.internal.mlir.model.Attribute;
import org.hlo4j.internal.mlir.model.MlirModule;
import org.hlo4j.internal.mlir.model.Operation;
import org.hlo4j.internal.mlir.text.SourceText;

/**
 * Describes the collective operations of a program, and rejects those with invalid process ids, on
 * some of which XLA aborts the process.
 *
 * @see <a href="https://openxla.org/stablehlo/spec#all_reduce">StableHLO's rules for process
 *     groups</a>
 */
final class Collectives {
  private static final String CHANNEL_HANDLE = "channel_handle";
  private static final String USE_GLOBAL_DEVICE_IDS = "use_global_device_ids";

  /** Their groups contain replicas, or, with a channel, all processes. */
  private static final Set<String> OF_ALL_PROCESSES =
      Set.of("all_gather", "all_reduce", "cross-replica-sum", "reduce_scatter");

  /** Their groups contain replicas, or, with a channel, partitions. */
  private static final Set<String> OF_PARTITIONS =
      Set.of("all_to_all", "collective_broadcast", "collective_permute", "collective_reduce");

  private static final Pattern HANDLE = Pattern.compile("\\bhandle\\s*=\\s*(\\d+)");

  /** Pads shorter groups. */
  private static final long PADDING = -1;

  private final SourceText source;
  private final MlirModule module;
  private final long replicas;
  private final long partitions;

  /** Creates the checks for the given numbers of replicas and partitions. */
  Collectives(MlirModule module, long replicas, long partitions) {
    this.source = module.source();
    this.module = module;
    this.replicas = replicas;
    this.partitions = partitions;
  }

  private static boolean isCollective(Operation operation) {
    return OF_ALL_PROCESSES.contains(operation.kind()) || OF_PARTITIONS.contains(operation.kind());
  }

  /** Returns a module's collectives, such as {@code all_reduce [0, 1]}, in textual order. */
  static List<String> of(MlirModule module) {
    List<String> found = new ArrayList<>();
    module.walk(
        operation -> {
          if (isCollective(operation)) {
            ProcessGroups groups = ProcessGroups.of(operation, module);
            found.add(groups == null ? operation.kind() : operation.kind() + " " + groups.ids());
          }
        });
    return found;
  }

  /** Rejects a collective with invalid process ids. */
  void check(Operation operation) {
    if (!isCollective(operation)) {
      return;
    }
    boolean channel = hasChannel(operation);
    if (operation.kind().equals("collective_permute") && channel && partitions == 1) {
      throw operation.refusal("its channel is for partitions, but the program has only one");
    }
    ProcessGroups members = ProcessGroups.of(operation, module);
    if (members == null) {
      return;
    }
    if (members.ids().isEmpty() && operation.kind().equals("all_to_all")) {
      throw operation.refusal("its replica groups are empty, which would abort the process");
    }
    checkRange(operation, members, channel);
    checkUnique(operation, members);
  }

  private void checkRange(Operation operation, ProcessGroups members, boolean channel) {
    boolean ofPartitions = OF_PARTITIONS.contains(operation.kind()) && channel;
    Attribute flag = operation.attributes().get(USE_GLOBAL_DEVICE_IDS);
    boolean global = channel && !ofPartitions && flag != null && Boolean.TRUE.equals(flag.bool());
    long count = ofPartitions ? partitions : global ? replicas * partitions : replicas;
    String what = ofPartitions ? "partition" : global ? "process" : "replica";
    for (long id : members.ids()) {
      if (id >= count || id < PADDING) {
        throw source.refusal(
            members.span().start(),
            "%s is rejected: there is no %s %d, since the program runs as %d replicas of %d"
                + " partitions",
            operation.name(),
            what,
            id,
            replicas,
            partitions);
      }
    }
  }

  /** Checks that pairs have distinct sources and targets, and groups distinct processes. */
  private void checkUnique(Operation operation, ProcessGroups members) {
    int stride = members.name().equals(ProcessGroups.SOURCE_TARGET_PAIRS) ? 2 : 1;
    for (int offset = 0; offset < stride; offset++) {
      Set<Long> seen = new HashSet<>();
      for (int i = offset; i < members.ids().size(); i += stride) {
        long id = members.ids().get(i);
        if (id != PADDING && !seen.add(id)) {
          throw source.refusal(
              members.span().start(),
              "%s is rejected: it names process %d twice",
              operation.name(),
              id);
        }
      }
    }
  }

  private static boolean hasChannel(Operation operation) {
    Attribute channel = operation.attributes().get(CHANNEL_HANDLE);
    if (channel == null) {
      return false;
    }
    Matcher handle = HANDLE.matcher(channel.text());
    return !handle.find() || !handle.group(1).matches("0+");
  }
}
