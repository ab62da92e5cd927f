package org.hlo4j.processor.model;

import com.palantir.javapoet.ClassName;
import com.palantir.javapoet.TypeName;
import java.util.List;
import java.util.stream.Stream;
import org.hlo4j.processor.message.Place;
import org.hlo4j.type.Shape;

/** A single parameter or result of a kernel: a tensor, or a record of structures. */
public sealed interface Structure {
  /** Returns the declared Java type. */
  TypeName type();

  /** Returns its tensors, in order, with records flattened. */
  Stream<Leaf> leaves();

  /** The library's class in a tensor's declared type. */
  enum Holder {
    /** {@code Tensor<T>}: a buffer or a promise. */
    TENSOR,
    /** {@code DeviceBuffer<T>}: a buffer. */
    DEVICE_BUFFER,
    /** {@code BufferPromise<T>}: a promise. */
    BUFFER_PROMISE,
    /** {@code Ref<T>}: a variable, whose value the call replaces. */
    REF,
    /** {@code ShardedRef<T>}: a variable on several devices, whose value the call replaces. */
    SHARDED_REF,
    /** {@code Sharded<T>}: a buffer or a promise on several devices. */
    SHARDED,
    /** {@code ShardedBuffer<T>}: a buffer on several devices. */
    SHARDED_BUFFER,
    /** {@code ShardedPromise<T>}: a promise on several devices. */
    SHARDED_PROMISE;

    public boolean isSharded() {
      return switch (this) {
        case SHARDED, SHARDED_BUFFER, SHARDED_PROMISE, SHARDED_REF -> true;
        case TENSOR, DEVICE_BUFFER, BUFFER_PROMISE, REF -> false;
      };
    }

    public boolean isRef() {
      return this == REF || this == SHARDED_REF;
    }

    /** Returns whether it may be a buffer or a promise. */
    public boolean isEither() {
      return this == TENSOR || this == SHARDED;
    }

    public boolean isPromise() {
      return this == BUFFER_PROMISE || this == SHARDED_PROMISE;
    }
  }

  /**
   * A tensor.
   *
   * @param path its path in user code, such as {@code params.w1}; empty for a bare result
   * @param type the declared type, such as {@code Tensor<Square>}
   * @param holder the class of the declared type
   * @param tensorType the type with {@code @TensorType}
   * @param place where problems with it are shown
   */
  record Leaf(
      String path, TypeName type, Holder holder, ClassName tensorType, Shape shape, Place place)
      implements Structure {
    @Override
    public Stream<Leaf> leaves() {
      return Stream.of(this);
    }
  }

  record Component(String name, Structure structure) {}

  record Group(ClassName type, List<Component> components) implements Structure {
    public Group {
      components = List.copyOf(components);
    }

    @Override
    public Stream<Leaf> leaves() {
      return components.stream().flatMap(component -> component.structure().leaves());
    }

    /**
     * Returns whether each of its tensors may be a promise, so that the record can hold promises.
     */
    public boolean holdsPromises() {
      return leaves().allMatch(leaf -> leaf.holder().isEither());
    }
  }
}
