package org.hlo4j.internal.mlir.analysis;

import org.hlo4j.error.CompilationException;
import org.hlo4j.internal.mlir.model.Attribute;
import org.hlo4j.internal.mlir.model.MlirModule;

/**
 * The number of processes that a program runs as: replicas with data of their own, times partitions
 * that share the data of one replica. Each process runs on its own device.
 */
public record DeviceCounts(int replicas, int partitions) {
  public static final DeviceCounts ONE = new DeviceCounts(1, 1);

  /** More than any client has: what is beyond is a mistake, and the product fits an int. */
  private static final int MOST = 1 << 15;

  /** The attribute of a module that says how many replicas there are. */
  public static final String REPLICAS = "mhlo.num_replicas";

  /** The attribute of a module that says how many partitions there are. */
  public static final String PARTITIONS = "mhlo.num_partitions";

  /**
   * What a module says; one where it says nothing.
   *
   * @throws CompilationException if that is no number of processes
   */
  public static DeviceCounts in(MlirModule module) {
    return new DeviceCounts(stated(module, REPLICAS), stated(module, PARTITIONS));
  }

  /**
   * Checks that a module does not say anything else.
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
      throw attribute.refusal("the program declares %s, but is compiled for %d", attribute, count);
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

  /** Whether a program can run as so many replicas or partitions. */
  public static boolean isPossible(long count) {
    return count >= 1 && count <= MOST;
  }

  public int devices() {
    return replicas * partitions;
  }

  /** Such as {@code 2 replicas of 4 partitions}. */
  @Override
  public String toString() {
    String ofPartitions = partitions == 1 ? "1 partition" : partitions + " partitions";
    return (replicas == 1 ? "1 replica of " : replicas + " replicas of ") + ofPartitions;
  }
}
