package org.hlo4j.processor.write;

import com.palantir.javapoet.ClassName;
import com.palantir.javapoet.ParameterizedTypeName;
import com.palantir.javapoet.TypeName;
import org.hlo4j.BufferPromise;
import org.hlo4j.Device;
import org.hlo4j.DeviceGroup;
import org.hlo4j.Promise;
import org.hlo4j.ShardedPromise;
import org.hlo4j.processor.model.Structure;
import org.hlo4j.processor.plan.InterfacePlan;

/**
 * The device or group that generated code runs its kernels on, and its result types.
 *
 * @param device the class of the device or group
 * @param parameter the name of a parameter of that class
 * @param description the description in Javadoc
 * @param promise the promise of a tensor on it
 * @param promiseMethod the method of a call's results that returns a promise of an output
 * @param bufferMethod the method that waits for an output
 */
record Target(
    Class<?> device,
    String parameter,
    String description,
    Class<?> promise,
    String promiseMethod,
    String bufferMethod) {
  static final TypeName PROMISE_OF_NOTHING = ParameterizedTypeName.get(Promise.class, Void.class);

  private static final Target DEVICE =
      new Target(Device.class, "device", "a device", BufferPromise.class, "promise", "buffer");

  private static final Target GROUP =
      new Target(
          DeviceGroup.class,
          "group",
          "a group of devices",
          ShardedPromise.class,
          "shardedPromise",
          "shardedBuffer");

  static Target of(InterfacePlan plan) {
    return plan.isOnSeveralDevices() ? GROUP : DEVICE;
  }

  TypeName promiseOf(Structure.Leaf leaf) {
    return ParameterizedTypeName.get(ClassName.get(promise), leaf.tensorType());
  }
}
