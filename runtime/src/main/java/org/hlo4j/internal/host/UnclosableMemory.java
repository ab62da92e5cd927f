package org.hlo4j.internal.host;

import java.lang.foreign.Arena;
import java.lang.foreign.MemorySegment;
import java.util.List;
import java.util.Set;
import org.hlo4j.error.ArgumentException;
import org.hlo4j.type.Shape;

/**
 * Checks that memory cannot be freed while its segment is reachable. Java has no API for this, but
 * scopes of unclosable arenas have their own classes. In a Java version where they do not, only the
 * global arena is accepted.
 */
public final class UnclosableMemory {
  private static final Set<Class<?>> SCOPES = scopes();

  private UnclosableMemory() {}

  private static Set<Class<?>> scopes() {
    Class<?> global = Arena.global().scope().getClass();
    Class<?> automatic = Arena.ofAuto().scope().getClass();
    Set<Class<?>> closable;
    try (Arena confined = Arena.ofConfined();
        Arena shared = Arena.ofShared()) {
      closable = Set.copyOf(List.of(confined.scope().getClass(), shared.scope().getClass()));
    }
    return closable.contains(automatic) || closable.contains(global)
        ? Set.of()
        : Set.copyOf(List.of(global, automatic));
  }

  /**
   * Checks native memory.
   *
   * @throws ArgumentException if its arena can be closed
   */
  public static void check(Shape shape, MemorySegment memory) {
    MemorySegment.Scope scope = memory.scope();
    if (!scope.equals(Arena.global().scope()) && !SCOPES.contains(scope.getClass())) {
      throw new ArgumentException(
          "%s cannot share this MemorySegment, whose arena could be closed while the device reads"
                  .formatted(shape)
              + " it; take one of Arena.ofAuto() or Arena.global(), or copy it with put");
    }
  }
}
