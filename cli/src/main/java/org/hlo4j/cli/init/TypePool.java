package org.hlo4j.cli.init;

import com.palantir.javapoet.NameAllocator;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.hlo4j.cli.init.JavaType.Component;
import org.hlo4j.cli.init.JavaType.RecordOf;
import org.hlo4j.cli.init.JavaType.TensorOf;
import org.hlo4j.type.ElementType;
import org.hlo4j.type.Shape;

/** The types of an interface: what looks the same is one type. */
final class TypePool {
  /** Names that mean something else in the source, or would in what is generated beside it. */
  private static final String TAKEN =
      """
      Tensor DeviceBuffer BufferPromise Promise Sharded ShardedBuffer ShardedPromise Device
      DeviceGroup Kernels Kernel Donated TensorType Object String Record Override Deprecated
      SuppressWarnings Void Inputs
      """;

  /**
   * What makes containers the same: what they hold, by which keys. Their names in Java follow from
   * where they were met first.
   */
  private record Contents(boolean isSharded, List<String> keys, List<JavaType> types) {}

  private final NameAllocator names = new NameAllocator();
  private final Map<Shape, TensorOf> tensors = new LinkedHashMap<>();
  private final Map<Contents, RecordOf> records = new LinkedHashMap<>();

  TypePool(String interfaceName) {
    names.newName(interfaceName);
    Stream.of(TAKEN.split("\\s+")).forEach(names::newName);
    Stream.of(ElementType.values())
        .map(type -> type.marker().getSimpleName())
        .forEach(names::newName);
  }

  JavaType tensor(Shape shape) {
    return tensors.computeIfAbsent(
        shape, unknown -> new TensorOf(names.newName(nameOf(shape)), shape));
  }

  /** Such as {@code F32x24x8} of {@code tensor<24x8xf32>}. */
  private static String nameOf(Shape shape) {
    String element = shape.elementType().marker().getSimpleName();
    return shape.rank() == 0
        ? element + "Scalar"
        : Arrays.stream(shape.dimensions())
            .mapToObj(size -> "x" + size)
            .collect(Collectors.joining("", element, ""));
  }

  /**
   * The record for a container.
   *
   * @param name what it is called if it is new
   * @param componentNames what its components are called then
   */
  RecordOf record(
      boolean isSharded,
      List<String> keys,
      List<JavaType> types,
      String name,
      List<String> componentNames) {
    return records.computeIfAbsent(
        new Contents(isSharded, List.copyOf(keys), List.copyOf(types)),
        contents -> {
          List<Component> components = new ArrayList<>();
          for (JavaType type : types) {
            components.add(new Component(componentNames.get(components.size()), type));
          }
          return new RecordOf(names.newName(JavaNames.type(name)), isSharded, components);
        });
  }

  /** The interfaces of tensor types by shape, in the order of their names. */
  Map<String, Shape> tensors() {
    Map<String, Shape> byName = new TreeMap<>();
    tensors.values().forEach(tensor -> byName.put(tensor.name(), tensor.shape()));
    return byName;
  }

  /** All records, those that others hold first. */
  List<RecordOf> records() {
    return List.copyOf(records.values());
  }
}
