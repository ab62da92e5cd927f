package org.hlo4j.internal.pjrt.proto;

import java.util.ArrayList;
import java.util.List;

/**
 * The bytes of XLA's {@code CompileOptionsProto}. PJRT aborts the process on options without a
 * count of replicas and partitions, so they are only created here.
 *
 * @see <a
 *     href="https://github.com/openxla/xla/blob/main/xla/pjrt/proto/compile_options.proto">compile_options.proto</a>
 */
public final class CompileOptions {
  private static final int EXECUTABLE_BUILD_OPTIONS = 3;
  private static final int ENV_OPTION_OVERRIDES = 7;

  private static final int NUM_REPLICAS = 4;
  private static final int NUM_PARTITIONS = 5;
  private static final int USE_SPMD_PARTITIONING = 6;
  private static final int DEVICE_ASSIGNMENT = 9;
  private static final int ALLOW_PROPAGATION_TO_OUTPUT = 12;
  private static final int USE_SHARDY_PARTITIONER = 19;

  private static final int REPLICA_COUNT = 1;
  private static final int COMPUTATION_COUNT = 2;
  private static final int COMPUTATION_DEVICES = 3;
  private static final int REPLICA_DEVICE_IDS = 1;

  private static final int MAP_KEY = 1;
  private static final int MAP_VALUE = 2;
  private static final int BOOL_FIELD = 2;

  private CompileOptions() {}

  /**
   * Returns the options for one replica and one partition on one device.
   *
   * @param device PJRT's id of the device
   */
  public static byte[] forDevice(int device, String platformName) {
    return forDevices(List.of(device), 1, false, List.of(), platformName);
  }

  /**
   * Returns the options for one or several devices.
   *
   * @param devices PJRT's ids of the partitions of the first replica, then of those of the second,
   *     and so on
   * @param shardy whether the program's shardings are in the Shardy dialect
   * @param openOutputs for each output whether the compiler may choose its sharding
   */
  public static byte[] forDevices(
      List<Integer> devices,
      int partitions,
      boolean shardy,
      List<Boolean> openOutputs,
      String platformName) {
    int replicas = devices.size() / partitions;
    ProtoWriter build =
        new ProtoWriter().integer(NUM_REPLICAS, replicas).integer(NUM_PARTITIONS, partitions);
    if (partitions > 1) {
      build.bool(USE_SPMD_PARTITIONING, true);
    }
    build.message(DEVICE_ASSIGNMENT, assignment(devices, replicas, partitions));
    if (partitions > 1 && openOutputs.contains(true)) {
      build.packed(
          ALLOW_PROPAGATION_TO_OUTPUT, openOutputs.stream().map(open -> open ? 1 : 0).toList());
    }
    if (partitions > 1 && shardy) {
      build.bool(USE_SHARDY_PARTITIONER, true);
    }
    return options(build, platformName);
  }

  private static ProtoWriter assignment(List<Integer> devices, int replicas, int partitions) {
    ProtoWriter assignment =
        new ProtoWriter().integer(REPLICA_COUNT, replicas).integer(COMPUTATION_COUNT, partitions);
    for (int partition = 0; partition < partitions; partition++) {
      List<Integer> ofReplicas = new ArrayList<>();
      for (int replica = 0; replica < replicas; replica++) {
        ofReplicas.add(devices.get(replica * partitions + partition));
      }
      assignment.message(
          COMPUTATION_DEVICES, new ProtoWriter().packed(REPLICA_DEVICE_IDS, ofReplicas));
    }
    return assignment;
  }

  private static byte[] options(ProtoWriter build, String platformName) {
    ProtoWriter options = new ProtoWriter().message(EXECUTABLE_BUILD_OPTIONS, build);
    if (platformName.equals("cpu")) {
      // With fast minimum and maximum, XLA's CPU backend drops NaN, in violation of StableHLO.
      options.message(
          ENV_OPTION_OVERRIDES,
          new ProtoWriter()
              .string(MAP_KEY, "xla_cpu_enable_fast_min_max")
              .message(MAP_VALUE, new ProtoWriter().bool(BOOL_FIELD, false)));
    }
    return options.toByteArray();
  }
}
