package org.hlo4j.data.internal.weights;

import java.lang.reflect.Constructor;
import java.lang.reflect.InaccessibleObjectException;
import java.lang.reflect.InvocationTargetException;
import java.lang.reflect.Method;
import java.lang.reflect.ParameterizedType;
import java.lang.reflect.RecordComponent;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Iterator;
import java.util.List;
import org.hlo4j.DeviceBuffer;
import org.hlo4j.Ref;
import org.hlo4j.Tensor;
import org.hlo4j.error.ArgumentException;
import org.hlo4j.type.Element;
import org.jspecify.annotations.Nullable;

/** A record of tensors and nested records, with its leaves in order. */
public final class RecordTree<R extends Record> {
  private static final int DEEPEST = 32;

  private final Constructor<R> constructor;
  private final List<Part> parts = new ArrayList<>();
  private final List<Leaf> leaves = new ArrayList<>();

  /**
   * A tensor component.
   *
   * @param path such as {@code layer1.w}
   */
  public record Leaf(String path, Class<? extends Element> type) {}

  /** A component: a record if there is a tree, otherwise a tensor or a variable. */
  private record Part(Method accessor, @Nullable RecordTree<?> tree, boolean isRef) {
    Object holder(DeviceBuffer<?> buffer) {
      return isRef ? Ref.of(buffer) : buffer;
    }
  }

  private RecordTree(Class<R> type, String path, int depth) {
    if (depth > DEEPEST) {
      throw new ArgumentException("%s contains itself".formatted(type.getName()));
    }
    RecordComponent[] components = type.getRecordComponents();
    Class<?>[] types =
        Arrays.stream(components).map(RecordComponent::getType).toArray(Class<?>[]::new);
    try {
      this.constructor = type.getDeclaredConstructor(types);
      constructor.setAccessible(true);
      for (RecordComponent component : components) {
        component.getAccessor().setAccessible(true);
        add(component, path, depth);
      }
    } catch (NoSuchMethodException e) {
      throw new LinkageError("a record has a canonical constructor", e);
    } catch (InaccessibleObjectException e) {
      throw new ArgumentException(
          "%s is not accessible: add \"opens %s to %s;\" to its module-info.java"
              .formatted(
                  type.getName(), type.getPackageName(), RecordTree.class.getModule().getName()));
    }
  }

  public static <R extends Record> RecordTree<R> of(Class<R> type) {
    return new RecordTree<>(type, "", 0);
  }

  private void add(RecordComponent component, String path, int depth) {
    String place = path.isEmpty() ? component.getName() : path + "." + component.getName();
    Class<?> type = component.getType();
    if (type.isRecord()) {
      RecordTree<?> nested = new RecordTree<>(type.asSubclass(Record.class), place, depth + 1);
      parts.add(new Part(component.getAccessor(), nested, false));
      leaves.addAll(nested.leaves);
    } else if (type == Tensor.class || type == DeviceBuffer.class || type == Ref.class) {
      parts.add(new Part(component.getAccessor(), null, type == Ref.class));
      leaves.add(new Leaf(place, tensorType(component)));
    } else {
      throw refusal(component, type.getSimpleName());
    }
  }

  private static Class<? extends Element> tensorType(RecordComponent component) {
    if (component.getGenericType() instanceof ParameterizedType type
        && type.getActualTypeArguments()[0] instanceof Class<?> argument) {
      return argument.asSubclass(Element.class);
    }
    throw refusal(component, component.getGenericType().getTypeName());
  }

  private static ArgumentException refusal(RecordComponent component, String found) {
    return new ArgumentException(
        "%s.%s must be a Tensor, DeviceBuffer or Ref of a tensor type, or a record of them, not %s"
            .formatted(component.getDeclaringRecord().getSimpleName(), component.getName(), found));
  }

  public List<Leaf> leaves() {
    return leaves;
  }

  public R make(List<DeviceBuffer<?>> buffers) {
    return make(buffers.iterator());
  }

  private R make(Iterator<DeviceBuffer<?>> buffers) {
    Object[] arguments = new Object[parts.size()];
    for (int i = 0; i < arguments.length; i++) {
      Part part = parts.get(i);
      arguments[i] = part.tree == null ? part.holder(buffers.next()) : part.tree.make(buffers);
    }
    try {
      return constructor.newInstance(arguments);
    } catch (InvocationTargetException e) {
      throw thrown(e);
    } catch (InstantiationException | IllegalAccessException e) {
      throw new LinkageError("a record's constructor was made accessible", e);
    }
  }

  public List<Tensor<?>> tensors(Record weights) {
    List<Tensor<?>> tensors = new ArrayList<>();
    for (Part part : parts) {
      Object value = read(part.accessor, weights);
      if (part.tree == null) {
        tensors.add((Tensor<?>) value);
      } else {
        tensors.addAll(part.tree.tensors((Record) value));
      }
    }
    return tensors;
  }

  private static Object read(Method accessor, Record weights) {
    try {
      Object value = accessor.invoke(weights);
      if (value == null) {
        throw new ArgumentException(
            "%s.%s is null".formatted(weights.getClass().getSimpleName(), accessor.getName()));
      }
      return value;
    } catch (InvocationTargetException e) {
      throw thrown(e);
    } catch (IllegalAccessException e) {
      throw new LinkageError("a record's accessor was made accessible", e);
    }
  }

  /** Returns the exception thrown by a record's code, which cannot be a checked one. */
  private static RuntimeException thrown(InvocationTargetException e) {
    if (e.getCause() instanceof Error error) {
      throw error;
    }
    return e.getCause() instanceof RuntimeException own ? own : new IllegalStateException(e);
  }
}
