package org.hlo4j.internal.mlir.model;

import java.util.Iterator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.hlo4j.internal.mlir.text.Span;
import org.jspecify.annotations.Nullable;

/** A dictionary of attributes, in textual order. Immutable. */
public final class Attributes implements Iterable<Attribute> {
  private static final Attributes NONE = new Attributes(List.of(), null);

  private final List<Attribute> list;
  private final Map<String, Attribute> byName;
  private final @Nullable Span span;

  public Attributes(List<Attribute> list, @Nullable Span span) {
    this.list = List.copyOf(list);
    this.span = span;
    this.byName = new LinkedHashMap<>();
    for (Attribute attribute : list) {
      byName.putIfAbsent(attribute.name(), attribute);
    }
  }

  public static Attributes none() {
    return NONE;
  }

  /** The attribute of a name, or null if there is none. */
  public @Nullable Attribute get(String name) {
    return byName.get(name);
  }

  /** Whether there is an attribute of a name. */
  public boolean has(String name) {
    return byName.containsKey(name);
  }

  /** All attributes, in the order of the text. */
  public List<Attribute> list() {
    return list;
  }

  /**
   * Where the dictionary is, with its braces; null if there is none, or if the attributes of an
   * operation come from several places.
   */
  public @Nullable Span span() {
    return span;
  }

  /** Whether there are none. */
  public boolean isEmpty() {
    return list.isEmpty();
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
