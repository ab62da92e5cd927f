package org.hlo4j.cli.init;

import java.util.List;
import org.hlo4j.type.Shape;

/** The type of a parameter, a result or a component. */
sealed interface JavaType {
  /**
   * A tensor.
   *
   * @param name the name of the tensor type
   */
  record TensorOf(String name, Shape shape) implements JavaType {}

  /**
   * A component of a record.
   *
   * @param label its step in the exporter's pytree, such as {@code ['w']}
   * @param sharding how its value is sharded, such as {@code split over 2 devices}; may be empty
   */
  record Component(String name, JavaType type, String label, String sharding) {}

  /**
   * A record that all containers with the same contents and similar names share.
   *
   * @param isSharded whether its tensors are on several devices
   * @param isOfRefs whether it holds variables
   * @param structure its keys and shapes
   * @param labels the exporter's names of the containers
   */
  record RecordOf(
      String name,
      boolean isSharded,
      boolean isOfRefs,
      String structure,
      List<Component> components,
      List<String> labels)
      implements JavaType {
    public RecordOf {
      components = List.copyOf(components);
      labels = List.copyOf(labels);
    }
  }
}
