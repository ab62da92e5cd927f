package org.hlo4j.cli.init;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.stream.Collectors;
import org.hlo4j.cli.init.JavaType.Component;
import org.hlo4j.cli.init.JavaType.RecordOf;
import org.hlo4j.cli.init.JavaType.TensorOf;
import org.hlo4j.type.Shape;

/**
 * The types of an interface. Each shape has one tensor type. Containers with the same contents
 * share a record if their names are similar. Records have provisional names until all containers
 * are known.
 */
final class TypePool {
  private final Map<Shape, TensorOf> tensors = new LinkedHashMap<>();
  private final List<Shared> records = new ArrayList<>();

  /** A record under a provisional name, and the containers that share it. */
  record Shared(RecordOf record, List<Container> containers) {
    boolean hasContents(boolean isSharded, boolean isOfRefs, String structure) {
      return record.isSharded() == isSharded
          && record.isOfRefs() == isOfRefs
          && record.structure().equals(structure);
    }

    boolean isDeep() {
      return record.components().stream()
          .anyMatch(component -> component.type() instanceof RecordOf);
    }
  }

  JavaType tensor(Shape shape) {
    return tensors.computeIfAbsent(shape, unknown -> new TensorOf(nameOf(shape), shape));
  }

  /** Returns {@code F32x24x8} for {@code tensor<24x8xf32>}. */
  private static String nameOf(Shape shape) {
    String element = shape.elementType().marker().getSimpleName();
    return shape.rank() == 0
        ? element + "Scalar"
        : Arrays.stream(shape.dimensions())
            .mapToObj(size -> "x" + size)
            .collect(Collectors.joining("", element, ""));
  }

  /**
   * Returns the record that a container shares with others of the same name, or with the same
   * parameter. Results share any record.
   *
   * @param structure its keys and shapes
   */
  Optional<RecordOf> shared(Container container, boolean isSharded, String structure) {
    List<Shared> alike =
        records.stream()
            .filter(shared -> shared.hasContents(isSharded, container.isOfRefs(), structure))
            .toList();
    Optional<Shared> found =
        alike.stream()
            .filter(
                shared ->
                    shared.containers().stream()
                        .anyMatch(other -> other.kind().equals(container.kind())))
            .findFirst()
            .or(() -> alike.stream().filter(shared -> isSame(container, shared)).findFirst());
    found.ifPresent(shared -> shared.containers().add(container));
    return found.map(Shared::record);
  }

  /** Adds a record for a container. */
  RecordOf add(
      Container container, boolean isSharded, String structure, List<Component> components) {
    RecordOf record =
        new RecordOf(
            "#" + records.size(),
            isSharded,
            container.isOfRefs(),
            structure,
            components,
            List.of());
    records.add(new Shared(record, new ArrayList<>(List.of(container))));
    return record;
  }

  private static boolean isSame(Container container, Shared shared) {
    if (container.isResult()) {
      return true;
    }
    if (container.isParameter()) {
      boolean isOfOther =
          shared.containers().stream()
              .anyMatch(
                  other -> other.isParameter() && !other.program().equals(container.program()));
      if (isOfOther) {
        return true;
      }
    }
    return shared.isDeep()
        && (container.isNamedAsParameters()
            || shared.containers().stream().anyMatch(Container::isNamedAsParameters));
  }

  /** Returns the shapes of the tensor types, sorted by name. */
  Map<String, Shape> tensors() {
    Map<String, Shape> byName = new TreeMap<>();
    tensors.values().forEach(tensor -> byName.put(tensor.name(), tensor.shape()));
    return byName;
  }

  /** Returns all records, each after the records of its components. */
  List<Shared> records() {
    return List.copyOf(records);
  }
}
