package org.hlo4j.cli.init;

import com.palantir.javapoet.NameAllocator;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.hlo4j.cli.init.JavaType.Component;
import org.hlo4j.cli.init.JavaType.RecordOf;
import org.hlo4j.type.ElementType;

/**
 * The final names of an interface's records. A record is named after its containers. If several
 * would have the same name, the names of the enclosing containers are prefixed.
 */
final class RecordNames {
  /** Names with another meaning in the interface or in the generated classes. */
  private static final String RESERVED =
      """
      Tensor DeviceBuffer BufferPromise Promise Sharded ShardedBuffer ShardedPromise Device
      DeviceGroup Kernels Kernel Donated TensorType Object String Record Override Deprecated
      SuppressWarnings Void Inputs Ref ShardedRef
      """;

  private static final String SUFFIX = "Values";
  private static final String REFS = "Refs";

  /** The final records by provisional name. */
  private final Map<String, RecordOf> renamed = new LinkedHashMap<>();

  private RecordNames() {}

  static RecordNames of(TypePool types, String interfaceName) {
    Set<String> reserved = new HashSet<>(types.tensors().keySet());
    reserved.add(interfaceName);
    reserved.addAll(List.of(RESERVED.split("\\s+")));
    Stream.of(ElementType.values())
        .map(type -> type.marker().getSimpleName())
        .forEach(reserved::add);

    RecordNames names = new RecordNames();
    Map<TypePool.Shared, String> chosen = chosen(types.records(), reserved);
    NameAllocator unique = new NameAllocator();
    reserved.forEach(unique::newName);
    for (TypePool.Shared shared : types.records()) {
      names.rename(shared, unique.newName(Objects.requireNonNull(chosen.get(shared))));
    }
    return names;
  }

  /** Adds names of outer containers until all names differ or no more are left. */
  private static Map<TypePool.Shared, String> chosen(
      List<TypePool.Shared> records, Set<String> reserved) {
    Map<TypePool.Shared, Integer> depths = new HashMap<>();
    while (true) {
      Map<TypePool.Shared, String> names = new LinkedHashMap<>();
      records.forEach(shared -> names.put(shared, candidate(shared, depthOf(shared, depths))));
      Map<String, Long> counts =
          names.values().stream()
              .collect(Collectors.groupingBy(name -> name, Collectors.counting()));
      boolean isDeeper = false;
      for (TypePool.Shared shared : records) {
        String name = Objects.requireNonNull(names.get(shared));
        boolean isTaken = reserved.contains(name) || counts.getOrDefault(name, 0L) > 1;
        int depth = depthOf(shared, depths);
        if (isTaken && depth < container(shared).path().size()) {
          depths.put(shared, depth + 1);
          isDeeper = true;
        } else if (reserved.contains(name)) {
          names.put(shared, name + SUFFIX);
        }
      }
      if (!isDeeper) {
        return names;
      }
    }
  }

  /** A position is prefixed with the name of its tuple. */
  private static int depthOf(TypePool.Shared shared, Map<TypePool.Shared, Integer> depths) {
    Container container = container(shared);
    boolean isInTuple = container.path().size() > 1 && ComponentNames.isPosition(container.name());
    return depths.getOrDefault(shared, isInTuple ? 2 : 1);
  }

  /** Returns the container that a record is named after. */
  private static Container container(TypePool.Shared shared) {
    List<Container> containers = shared.containers();
    return containers.stream()
        .filter(Container::isNamedAsParameters)
        .findFirst()
        .or(() -> containers.stream().filter(Container::isParameter).findFirst())
        .orElse(containers.get(0));
  }

  private static String candidate(TypePool.Shared shared, int depth) {
    Container container = container(shared);
    boolean isOne =
        shared.containers().stream()
            .filter(other -> other.kind().equals(container.kind()))
            .allMatch(other -> other.name().equals(container.name()));
    List<String> path = container.path();
    String own = JavaNames.type(isOne ? container.name() : container.kind());
    return path.subList(path.size() - depth, path.size() - 1).stream()
        .map(JavaNames::type)
        .collect(Collectors.joining("", "", own + (container.isOfRefs() ? REFS : "")));
  }

  private void rename(TypePool.Shared shared, String name) {
    RecordOf record = shared.record();
    List<Component> components = new ArrayList<>();
    for (Component component : record.components()) {
      components.add(
          new Component(
              component.name(), of(component.type()), component.label(), component.sharding()));
    }
    List<String> labels = shared.containers().stream().map(Container::label).distinct().toList();
    renamed.put(
        record.name(),
        new RecordOf(
            name, record.isSharded(), record.isOfRefs(), record.structure(), components, labels));
  }

  /** Returns a type with the final names of its records. */
  JavaType of(JavaType type) {
    return type instanceof RecordOf record
        ? Objects.requireNonNull(renamed.get(record.name()))
        : type;
  }

  /** Returns all records, each after the records of its components. */
  List<RecordOf> records() {
    return List.copyOf(renamed.values());
  }
}
