package org.hlo4j.data.internal.weights;

import java.util.Map;

/**
 * Under which names the components of records were loaded, so that they are saved under the same: a
 * trained record is another object than the loaded one, and has only its class in common with it.
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

  /** Notes the name that each component of a record had in the file. */
  public static void remember(Class<?> type, Map<String, String> names) {
    LAST.get(type).names = Map.copyOf(names);
  }

  /** The name that a component had in the file that was loaded last, or else its own. */
  public static String nameOf(Class<?> type, String component) {
    return LAST.get(type).names.getOrDefault(component, component);
  }
}
