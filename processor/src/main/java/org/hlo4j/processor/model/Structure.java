package org.hlo4j.processor.model;

import com.palantir.javapoet.ClassName;
import com.palantir.javapoet.TypeName;
import java.util.List;
import java.util.stream.Stream;
import org.hlo4j.processor.message.Place;
import org.hlo4j.type.Shape;

/** What a kernel takes or returns in one place: a tensor, or a record of such. */
public sealed interface Structure {
  /** Returns the Java type as it was declared. */
  TypeName type();

  /** Returns the tensors in it, in order: records are flattened. */
  Stream<Leaf> leaves();

  /** Which of the library's classes a tensor is declared as. */
  enum Holder {
    /** {@code Tensor<T>}: there, or on its way. */
    TENSOR,
    /** {@code DeviceBuffer<T>}: there. */
    DEVICE_BUFFER,
    /** {@code BufferPromise<T>}: on its way. */
    BUFFER_PROMISE,
    /** {@code Ref<T>}: a variable, whose value the call replaces. */
    REF,
    /** {@code ShardedRef<T>}: a variable on several devices, whose value the call replaces. */
    SHARDED_REF,
    /** {@code Sharded<T>}: on several devices, there, or on its way. */
    SHARDED,
    /** {@code ShardedBuffer<T>}: on several devices, there. */
    SHARDED_BUFFER,
    /** {@code ShardedPromise<T>}: on several devices, on its way. */
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

    /** Returns whether it is there or on its way. */
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
   * @param path how the user would write it, such as {@code params.w1}; empty for a bare result
   * @param type the declared type, such as {@code Tensor<Square>}
   * @param holder the class that it is declared as
   * @param tensorType the type that carries {@code @TensorType}
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
     * Returns whether each tensor in it may be on its way, so that it can hold promises as it is.
     */
    public boolean holdsPromises() {
      return leaves().allMatch(leaf -> leaf.holder().isEither());
    }
  }
}
