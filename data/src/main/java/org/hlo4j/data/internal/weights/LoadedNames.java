package org.hlo4j.data.internal.weights;

import java.util.Map;

/**
 * The names with which the components of records were loaded, for saving them under the same names:
 * a trained record is a new object that shares only its class with the loaded one.
 */
public final class LoadedNames {
  private static final ClassValue<Last> LAST =
      new ClassValue<>() {
        @Override
        protected Last computeValue(Class<?> type) {
          return new Last();
        }
      };

  private static final class Last {
    private volatile Map<String, String> names = Map.of();
  }

  private LoadedNames() {}

  /** Records the file's name of each component of a record. */
  public static void remember(Class<?> type, Map<String, String> names) {
    LAST.get(type).names = Map.copyOf(names);
  }

  /** Returns a component's name in the file loaded last, or else its own. */
  public static String nameOf(Class<?> type, String component) {
    return LAST.get(type).names.getOrDefault(component, component);
  }
}
