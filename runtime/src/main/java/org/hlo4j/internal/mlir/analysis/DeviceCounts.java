package org.hlo4j.internal.mlir.analysis;

import org.hlo4j.error.CompilationException;
import org.hlo4j.internal.mlir.model.Attribute;
import org.hlo4j.internal.mlir.model.MlirModule;

/**
 * The numbers of processes of a program: replicas with their own data, times partitions that share
 * the data of one replica. Each process runs on its own device.
 */
public record DeviceCounts(int replicas, int partitions) {
  public static final DeviceCounts ONE = new DeviceCounts(1, 1);

  /** An upper bound of the devices of a client, to detect errors; the product fits into an int. */
  private static final int MOST = 1 << 15;

  /** The attribute of a module with the number of replicas. */
  public static final String REPLICAS = "mhlo.num_replicas";

  /** The attribute of a module with the number of partitions. */
  public static final String PARTITIONS = "mhlo.num_partitions";

  /**
   * Returns the numbers that a module declares, with 1 as the default.
   *
   * @throws CompilationException if they are invalid
   */
  public static DeviceCounts in(MlirModule module) {
    return new DeviceCounts(stated(module, REPLICAS), stated(module, PARTITIONS));
  }

  /**
   * Checks that a module declares no other numbers.
   *
   * @throws CompilationException if it does; the message shows the line
   */
  void check(MlirModule module) {
    check(module, REPLICAS, replicas);
    check(module, PARTITIONS, partitions);
  }

  private static void check(MlirModule module, String name, int count) {
    Attribute attribute = module.attributes().get(name);
    if (attribute != null && stated(module, name) != count) {
      throw attribute.refusal("the program declares %s, but is to run as %d", attribute, count);
    }
  }

  private static int stated(MlirModule module, String name) {
    Attribute attribute = module.attributes().get(name);
    if (attribute == null) {
      return 1;
    }
    Long count = attribute.integer();
    if (count == null || !isPossible(count)) {
      throw attribute.refusal("%s is rejected: it must be between 1 and %d", attribute, MOST);
    }
    return count.intValue();
  }

  /** Returns whether a number of replicas or partitions is valid. */
  public static boolean isPossible(long count) {
    return count >= 1 && count <= MOST;
  }

  public int devices() {
    return replicas * partitions;
  }

  /** Returns a text such as {@code 2 replicas of 4 partitions}. */
  @Override
  public String toString() {
    String ofPartitions = partitions == 1 ? "1 partition" : partitions + " partitions";
    return (replicas == 1 ? "1 replica of " : replicas + " replicas of ") + ofPartitions;
  }
}
