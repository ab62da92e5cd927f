package org.hlo4j.processor.write;

import com.palantir.javapoet.ClassName;
import com.palantir.javapoet.ParameterizedTypeName;
import com.palantir.javapoet.TypeName;
import org.hlo4j.BufferPromise;
import org.hlo4j.Device;
import org.hlo4j.DeviceGroup;
import org.hlo4j.Results;
import org.hlo4j.ShardedPromise;
import org.hlo4j.ShardedResults;
import org.hlo4j.processor.model.Structure;
import org.hlo4j.processor.plan.InterfacePlan;
import org.hlo4j.stub.BoundKernel;
import org.hlo4j.stub.BoundShardedKernel;
import org.hlo4j.stub.RecordPromise;
import org.hlo4j.stub.ShardedRecordPromise;

/**
 * What generated code runs its kernels on, and the library's classes for that.
 *
 * @param parameter what a parameter of the type {@code device} is called
 * @param description in Javadoc
 */
record Target(
    Class<?> device,
    String parameter,
    String description,
    Class<?> boundKernel,
    Class<?> results,
    Class<?> recordPromise,
    Class<?> promise) {
  private static final Target DEVICE =
      new Target(
          Device.class,
          "device",
          "a device",
          BoundKernel.class,
          Results.class,
          RecordPromise.class,
          BufferPromise.class);

  private static final Target GROUP =
      new Target(
          DeviceGroup.class,
          "group",
          "a group of devices",
          BoundShardedKernel.class,
          ShardedResults.class,
          ShardedRecordPromise.class,
          ShardedPromise.class);

  /** The target of an interface. */
  static Target of(InterfacePlan plan) {
    return plan.isOnSeveralDevices() ? GROUP : DEVICE;
  }

  /** The promise of a tensor. */
  TypeName promiseOf(Structure.Leaf leaf) {
    return ParameterizedTypeName.get(ClassName.get(promise), leaf.tensorType());
  }
}
