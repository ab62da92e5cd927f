package org.hlo4j.processor.read;

import java.net.URI;
import java.nio.file.FileSystemNotFoundException;
import java.nio.file.Path;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;
import javax.lang.model.element.Element;
import javax.lang.model.util.Elements;
import javax.tools.JavaFileObject;
import org.jspecify.annotations.Nullable;

/** The folder of a source file, and the likely resource folders of its project. */
public record SourceFolders(Elements elements) {
  private static final String RESOURCES = "resources";

  /**
   * Returns the resource roots for an element's source: the source root, and its sibling {@code
   * resources}, as in {@code src/main/java} and {@code src/main/resources}. Empty if the element
   * comes from no file.
   */
  Set<Path> rootsFor(Element element) {
    Set<Path> roots = new LinkedHashSet<>();
    Path root = sourceRoot(element);
    if (root != null) {
      roots.add(root);
      Path parent = root.getParent();
      if (parent != null) {
        roots.add(parent.resolve(RESOURCES));
      }
    }
    return roots;
  }

  private @Nullable Path sourceRoot(Element element) {
    Path file = sourceOf(element);
    if (file == null) {
      return null;
    }
    String packageName = elements.getPackageOf(element).getQualifiedName().toString();
    Path folder = file.getParent();
    for (String name : packageNames(packageName).reversed()) {
      if (folder == null || !name.equals(String.valueOf(folder.getFileName()))) {
        return null; // The source is not in the folder of its package, which javac does not mind.
      }
      folder = folder.getParent();
    }
    return folder;
  }

  private static List<String> packageNames(String packageName) {
    return packageName.isEmpty() ? List.of() : List.of(packageName.split("\\.", -1));
  }

  private @Nullable Path sourceOf(Element element) {
    try {
      JavaFileObject file = elements.getFileObjectOf(element);
      URI uri = file == null ? null : file.toUri();
      return uri == null || file.getKind() != JavaFileObject.Kind.SOURCE ? null : Path.of(uri);
    } catch (IllegalArgumentException
        | FileSystemNotFoundException
        | UnsupportedOperationException e) {
      return null; // A compiler that does not tell, or a source that is no file.
    }
  }
}
