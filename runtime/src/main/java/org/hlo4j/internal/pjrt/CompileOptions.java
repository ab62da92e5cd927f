package org.hlo4j.internal.pjrt;

/**
 * The bytes of XLA's {@code CompileOptionsProto}. PJRT ends the process on options without a count
 * of replicas and partitions, so nothing else makes them.
 *
 * @see <a
 *     href="https://github.com/openxla/xla/blob/main/xla/pjrt/proto/compile_options.proto">compile_options.proto</a>
 */
public final class CompileOptions {
  private static final int EXECUTABLE_BUILD_OPTIONS = 3;
  private static final int ENV_OPTION_OVERRIDES = 7;

  private static final int NUM_REPLICAS = 4;
  private static final int NUM_PARTITIONS = 5;
  private static final int DEVICE_ASSIGNMENT = 9;

  private static final int REPLICA_COUNT = 1;
  private static final int COMPUTATION_COUNT = 2;
  private static final int COMPUTATION_DEVICES = 3;
  private static final int REPLICA_DEVICE_IDS = 1;

  private static final int MAP_KEY = 1;
  private static final int MAP_VALUE = 2;
  private static final int BOOL_FIELD = 2;

  private CompileOptions() {}

  /** Options for one replica and one partition on one device. */
  public static byte[] forDevice(DeviceHandle device, String platformName) {
    ProtoWriter assignment =
        new ProtoWriter()
            .integer(REPLICA_COUNT, 1)
            .integer(COMPUTATION_COUNT, 1)
            .message(
                COMPUTATION_DEVICES, new ProtoWriter().integer(REPLICA_DEVICE_IDS, device.id()));
    ProtoWriter options =
        new ProtoWriter()
            .message(
                EXECUTABLE_BUILD_OPTIONS,
                new ProtoWriter()
                    .integer(NUM_REPLICAS, 1)
                    .integer(NUM_PARTITIONS, 1)
                    .message(DEVICE_ASSIGNMENT, assignment));
    if (platformName.equals("cpu")) {
      // With fast minimum and maximum on, XLA's CPU backend drops NaN, against StableHLO's rule.
      options.message(
          ENV_OPTION_OVERRIDES,
          new ProtoWriter()
              .string(MAP_KEY, "xla_cpu_enable_fast_min_max")
              .message(MAP_VALUE, new ProtoWriter().bool(BOOL_FIELD, false)));
    }
    return options.toByteArray();
  }
}
