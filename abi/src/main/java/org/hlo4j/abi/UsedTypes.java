package org.hlo4j.abi;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;

/** Finds the types of the binding that sources import; only these are written. */
final class UsedTypes {
  private static final String SUFFIX = ".java";

  private final Pattern imports;

  UsedTypes(String packageName) {
    this.imports =
        Pattern.compile(
            "^import (?:static )?" + Pattern.quote(packageName) + "\\.(\\w+|\\*)",
            Pattern.MULTILINE);
  }

  /**
   * The simple names of the types that the sources in some folders import.
   *
   * @throws IOException if a source cannot be read, or imports all types at once
   */
  Set<String> in(List<Path> folders) throws IOException {
    Set<String> names = new TreeSet<>();
    for (Path folder : folders) {
      try (Stream<Path> files = Files.walk(folder)) {
        for (Path file : files.filter(file -> file.toString().endsWith(SUFFIX)).toList()) {
          addImports(file, names);
        }
      }
    }
    return names;
  }

  private void addImports(Path file, Set<String> names) throws IOException {
    Matcher matcher = imports.matcher(Files.readString(file));
    while (matcher.find()) {
      if (matcher.group(1).equals("*")) {
        throw new IOException(file + " imports all of the binding; name the types it uses");
      }
      names.add(matcher.group(1));
    }
  }
}
