package org.hlo4j.data;

import java.util.ArrayList;
import java.util.Collection;
import java.util.HashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.function.UnaryOperator;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.hlo4j.data.internal.weights.RecordTree;
import org.hlo4j.error.ArgumentException;
import org.hlo4j.internal.text.NameSuggestion;
import org.hlo4j.internal.text.TreeNames;
import org.hlo4j.type.Shape;
import org.jspecify.annotations.Nullable;

/** Finds the tensor in a file for each component of a record, and reports all mismatches. */
final class WeightMatch {
  /** The file names of a model in several files. */
  private static final Pattern PART = Pattern.compile("(.+)-\\d{5}-of-(\\d{5})\\.safetensors");

  private final String record;
  private final List<RecordTree.Leaf> leaves;
  private final TensorFile file;
  private final boolean surplusAllowed;
  private final boolean converting;
  private final List<String> problems = new ArrayList<>();

  WeightMatch(
      String record,
      List<RecordTree.Leaf> leaves,
      TensorFile file,
      boolean surplusAllowed,
      boolean converting) {
    this.record = record;
    this.leaves = leaves;
    this.file = file;
    this.surplusAllowed = surplusAllowed;
    this.converting = converting;
  }

  /**
   * Returns a tensor for each leaf.
   *
   * @param names maps a path to the file's name; null to match names by similarity
   * @throws ArgumentException with all problems, if there are any
   */
  List<FileTensor> tensors(@Nullable UnaryOperator<String> names) {
    List<@Nullable FileTensor> found = names == null ? compared() : named(names);
    Set<String> surplus = new LinkedHashSet<>(file.tensors().keySet());
    found.forEach(tensor -> surplus.remove(tensor == null ? "" : tensor.name()));
    List<FileTensor> fitting = new ArrayList<>();
    for (int i = 0; i < leaves.size(); i++) {
      RecordTree.Leaf leaf = leaves.get(i);
      FileTensor tensor = found.get(i);
      if (tensor == null) {
        String wanted = names == null ? leaf.path() : names.apply(leaf.path());
        problems.add(missing(leaf, wanted, surplus));
      } else {
        fitting.add(fitting(leaf, tensor));
      }
    }
    if (!surplusAllowed) {
      surplus.forEach(
          name ->
              problems.add(
                  "no component matches %s, which is also in the file; allowSurplus() ignores it"
                      .formatted(file.tensor(name))));
    }
    if (!problems.isEmpty()) {
      throw new ArgumentException(
          "%s does not match %s:%n  %s%s"
              .formatted(
                  file.name(),
                  record,
                  String.join(System.lineSeparator() + "  ", problems),
                  partHint()));
    }
    return fitting;
  }

  private FileTensor fitting(RecordTree.Leaf leaf, FileTensor tensor) {
    String mismatch = tensor.mismatch(leaf.type());
    if (mismatch.isEmpty()) {
      return tensor;
    }
    boolean isConvertible = tensor.isConvertible(leaf.type());
    if (isConvertible && converting) {
      return tensor.converted(Shape.of(leaf.type()).elementType());
    }
    problems.add(
        "%s: %s%s"
            .formatted(leaf.path(), mismatch, isConvertible ? "; converting() converts it" : ""));
    return tensor;
  }

  /** Returns which file to open instead of a part of a model. */
  private String partHint() {
    Matcher part = PART.matcher(file.name());
    return part.matches()
        ? "%n  this file is one of %s: open %s.safetensors.index.json instead"
            .formatted(Integer.parseInt(part.group(2)), part.group(1))
        : "";
  }

  private static String missing(RecordTree.Leaf leaf, String wanted, Collection<String> surplus) {
    return "%s: the file has no tensor %s%s"
        .formatted(leaf.path(), wanted, NameSuggestion.didYouMean(wanted, surplus));
  }

  private List<@Nullable FileTensor> named(UnaryOperator<String> names) {
    List<@Nullable FileTensor> found = new ArrayList<>();
    leaves.forEach(leaf -> found.add(file.tensors().get(names.apply(leaf.path()))));
    return found;
  }

  private List<@Nullable FileTensor> compared() {
    Map<String, List<String>> partsOf = new HashMap<>();
    file.tensors().keySet().forEach(name -> partsOf.put(name, TreeNames.parts(name)));
    List<List<String>> components =
        leaves.stream().map(leaf -> TreeNames.parts(leaf.path())).toList();
    int skipped = TreeNames.surplusParts(partsOf.values(), components);
    Map<List<String>, FileTensor> byParts = new HashMap<>();
    for (FileTensor tensor : file.tensors().values()) {
      List<String> all = partsOf.getOrDefault(tensor.name(), List.of());
      List<String> parts = all.subList(skipped, all.size());
      FileTensor other = byParts.putIfAbsent(parts, tensor);
      if (other != null && components.contains(parts)) {
        problems.add(
            "%s and %s match the same component; use named(…) to choose one"
                .formatted(other.name(), tensor.name()));
      }
    }
    List<@Nullable FileTensor> found = new ArrayList<>();
    components.forEach(component -> found.add(byParts.get(component)));
    return found;
  }
}
