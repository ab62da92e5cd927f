package org.hlo4j.internal.mlir.model;

import java.util.Iterator;
import java.util.List;
import org.hlo4j.internal.mlir.text.Span;
import org.jspecify.annotations.Nullable;

/**
 * A dictionary of attributes. Immutable.
 *
 * @param list all attributes, in textual order
 * @param span the position of the dictionary, with its braces; null if there is none, or if an
 *     operation's attributes are in several places
 */
public record Attributes(List<Attribute> list, @Nullable Span span) implements Iterable<Attribute> {
  private static final Attributes NONE = new Attributes(List.of(), null);

  public Attributes {
    list = List.copyOf(list);
  }

  public static Attributes none() {
    return NONE;
  }

  public @Nullable Attribute get(String name) {
    for (Attribute attribute : list) {
      if (attribute.name().equals(name)) {
        return attribute;
      }
    }
    return null;
  }

  /** Returns the characters of a named string attribute; null if there is none. */
  public @Nullable String string(String name) {
    Attribute attribute = get(name);
    return attribute == null ? null : attribute.string();
  }

  public boolean has(String name) {
    return get(name) != null;
  }

  @Override
  public Iterator<Attribute> iterator() {
    return list.iterator();
  }

  @Override
  public String toString() {
    return list.toString();
  }
}
