package org.hlo4j.internal.mlir.syntax;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.hlo4j.internal.mlir.model.Alias;
import org.hlo4j.internal.mlir.model.Type;
import org.hlo4j.internal.mlir.text.SourceText;
import org.jspecify.annotations.Nullable;

/** The aliases defined before the current token. */
final class Aliases {
  private final SourceText source;
  private final List<Alias> list = new ArrayList<>();
  private final Map<String, Alias> byName = new HashMap<>();
  private final Map<String, Type> types = new HashMap<>();

  Aliases(SourceText source) {
    this.source = source;
  }

  /** Returns all aliases, in textual order. */
  List<Alias> list() {
    return list;
  }

  /** Adds an alias, with its type if it is a type alias. */
  void add(Alias alias, @Nullable Type type) {
    if (byName.put(alias.name(), alias) != null) {
      throw source.error(alias.span().start(), "alias " + alias.name() + " is already defined");
    }
    list.add(alias);
    if (type != null) {
      types.put(alias.name(), type);
    }
  }

  /** Returns the type of an alias such as {@code !t}, or null if it is not defined. */
  @Nullable Type type(String name) {
    return types.get(name);
  }

  /** Returns the value of an alias such as {@code #bounds}, or else the attribute itself. */
  String expand(String attribute) {
    Alias alias = byName.get(attribute);
    return alias == null ? attribute : source.slice(alias.valueSpan());
  }
}
