package org.hlo4j.cli.init;

import java.util.List;
import org.hlo4j.type.Shape;

/** What a parameter, a result or a component is. */
sealed interface JavaType {
  /**
   * A tensor.
   *
   * @param name of the interface for the shape
   */
  record TensorOf(String name, Shape shape) implements JavaType {}

  record Component(String name, JavaType type) {}

  /**
   * A record: one for all containers that hold the same.
   *
   * @param isSharded whether its tensors are on several devices
   */
  record RecordOf(String name, boolean isSharded, List<Component> components) implements JavaType {
    public RecordOf {
      components = List.copyOf(components);
    }
  }
}
