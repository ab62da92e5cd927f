package org.hlo4j.internal.mlir.analysis;

import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.hlo4j.internal.mlir.model.FunctionArgument;
import org.hlo4j.internal.mlir.model.MlirModule;
import org.hlo4j.internal.mlir.text.Span;
import org.hlo4j.internal.mlir.text.Strings;

/** Reads the names in locations that exporters write: {@code loc("params['w1']")}. */
final class Locations {
  /** A name, which may be followed by a location. A file name is followed by a colon. */
  private static final Pattern NAMED =
      Pattern.compile("loc\\(\\s*(\"(?:[^\"\\\\]++|\\\\.)*+\")\\s*[()].*", Pattern.DOTALL);

  private static final Pattern ALIAS = Pattern.compile("loc\\(\\s*(#[^\\s()]+)\\s*\\)");

  private Locations() {}

  static Optional<String> nameOf(FunctionArgument argument, MlirModule module) {
    Span location = argument.location();
    return location == null
        ? Optional.empty()
        : nameIn(expand(module.source().slice(location), module));
  }

  private static String expand(String location, MlirModule module) {
    Matcher mentioned = ALIAS.matcher(location);
    return mentioned.matches() ? module.expand(mentioned.group(1)) : location;
  }

  private static Optional<String> nameIn(String location) {
    Matcher named = NAMED.matcher(location);
    if (!named.matches()) {
      return Optional.empty();
    }
    String name = Strings.unquote(named.group(1));
    return name.isBlank() ? Optional.empty() : Optional.of(name);
  }
}
