package org.hlo4j.cli.init;

import com.palantir.javapoet.NameAllocator;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.function.BiPredicate;
import java.util.function.Function;
import java.util.stream.IntStream;
import org.hlo4j.Program;
import org.hlo4j.ProgramInput;
import org.hlo4j.Sharding;
import org.hlo4j.cli.init.Container.Use;
import org.hlo4j.cli.init.InterfaceDesign.KernelDesign.Parameter;
import org.hlo4j.cli.init.JavaType.Component;
import org.hlo4j.cli.init.JavaType.RecordOf;
import org.hlo4j.cli.init.Label.Step;
import org.hlo4j.cli.init.Pytree.Group;
import org.hlo4j.cli.init.Pytree.Leaf;

/** Designs the kernel method of a program. */
record Designer(
    TypePool types,
    ProgramFile file,
    Program program,
    Side inputs,
    Side outputs,
    boolean isWithRefs) {
  /** Java allows 255 parameters; generated constructors have some additional ones. */
  private static final int MOST_VALUES = 200;

  private static final int VALUES_IN_A_PART = 100;

  private static final String RESULT = "result";
  private static final String STATE = "state";

  static Designer of(TypePool types, ProgramFile file, boolean isWithRefs) {
    Program program = file.program();
    return new Designer(
        types, file, program, Side.inputs(program), Side.outputs(program), isWithRefs);
  }

  InterfaceDesign.KernelDesign design(String method) {
    List<Parameter> parameters = parameters();
    return new InterfaceDesign.KernelDesign(
        method, file, file.isSharded(), parameters, result(method, parameters));
  }

  private List<Parameter> parameters() {
    List<Label> labels = program.inputs().stream().map(this::inputLabel).toList();
    List<Pytree> trees = new ArrayList<>();
    for (Pytree tree : Pytree.of(labels)) {
      trees.addAll(donatedAsOne(tree, "", ""));
    }
    trees = inParts(trees);
    for (Pytree tree : trees) {
      Container root =
          Container.root(
              JavaNames.member(tree.step().key()), tree.step().text(), file, useOf(tree));
      declareParameters(tree, root);
    }
    NameAllocator names = new NameAllocator();
    List<Parameter> parameters = new ArrayList<>();
    for (Pytree tree : trees) {
      String name = names.newName(JavaNames.member(tree.step().key()));
      Container container = Container.root(name, tree.step().text(), file, useOf(tree));
      parameters.add(
          new Parameter(
              name,
              type(tree, container, inputs),
              isDonated(tree) && useOf(tree) == Use.PARAMETER,
              useOf(tree) == Use.VARIABLE,
              tree.step().text(),
              sharding(tree, inputs),
              structure(tree, inputs),
              tree.places().toList()));
    }
    return parameters;
  }

  /** Declares model parameters first, so that an optimizer's statistics share their records. */
  private void declareParameters(Pytree tree, Container container) {
    if (tree instanceof Group group) {
      if (container.isNamedAsParameters()) {
        JavaType unused = type(tree, container, inputs);
      } else {
        List<String> names = ComponentNames.of(group.children(), container.name());
        for (int i = 0; i < names.size(); i++) {
          Pytree child = group.children().get(i);
          declareParameters(child, container.child(names.get(i), child.step().text()));
        }
      }
    }
  }

  /**
   * Returns the exporter's name of an input, or, if there is none, the name of the output that
   * replaces the input.
   */
  private Label inputLabel(ProgramInput input) {
    if (isNamed(input) || input.aliasedOutput().isEmpty()) {
      return Label.parse(input.label());
    }
    int output = input.aliasedOutput().getAsInt();
    Label replacing = resultLabel(program.outputs().get(output).name());
    List<Step> steps = replacing.steps();
    if (!steps.isEmpty() && areAllReplacing()) {
      return new Label(STATE, steps);
    }
    if (steps.isEmpty() || (steps.size() == 1 && steps.get(0).isIndex())) {
      return Label.parse(input.label());
    }
    Step first = steps.get(0);
    String number = first.key().equals("0") ? "" : first.key();
    return new Label(
        first.isIndex() ? STATE + number : first.key(), steps.subList(1, steps.size()));
  }

  private static boolean isNamed(ProgramInput input) {
    return !input.label().equals(input.name());
  }

  /** Returns whether each output replaces an input without a name. */
  private boolean areAllReplacing() {
    long replaced =
        program.inputs().stream()
            .filter(input -> !isNamed(input) && input.aliasedOutput().isPresent())
            .count();
    return replaced == program.outputs().size();
  }

  /** Splits a container of which only a part is donated into several parameters. */
  private List<Pytree> donatedAsOne(Pytree tree, String prefix, String label) {
    String key = prefix.isEmpty() ? tree.step().key() : prefix + "_" + tree.step().key();
    Step step = Step.root(key, label + tree.step().text());
    if (tree instanceof Group group) {
      if (isDonated(tree) || group.places().noneMatch(this::isDonated)) {
        return List.of(new Group(step, group.children()));
      }
      return group.children().stream()
          .flatMap(child -> donatedAsOne(child, key, step.text()).stream())
          .toList();
    }
    return List.of(new Leaf(step, tree.places().findFirst().orElseThrow()));
  }

  private boolean isDonated(Pytree tree) {
    return tree.places().allMatch(this::isDonated);
  }

  private boolean isDonated(int place) {
    return program.inputs().get(place).donated();
  }

  /** Returns VARIABLE, with {@code --refs}, for a donated parameter that outputs replace. */
  private Use useOf(Pytree tree) {
    boolean isReplaced =
        tree.places().allMatch(place -> program.inputs().get(place).aliasedOutput().isPresent());
    return isWithRefs && isDonated(tree) && isReplaced ? Use.VARIABLE : Use.PARAMETER;
  }

  private Optional<JavaType> result(String method, List<Parameter> parameters) {
    Set<Integer> updates = new HashSet<>();
    parameters.stream()
        .filter(Parameter::isRef)
        .flatMap(parameter -> parameter.places().stream())
        .forEach(place -> updates.add(program.inputs().get(place).aliasedOutput().orElseThrow()));
    List<Integer> returned =
        IntStream.range(0, program.outputs().size())
            .filter(output -> !updates.contains(output))
            .boxed()
            .toList();
    List<Label> labels =
        returned.stream().map(output -> resultLabel(program.outputs().get(output).name())).toList();
    List<Pytree> trees =
        Pytree.of(labels).stream().map(tree -> tree.mapped(returned::get)).toList();
    if (trees.isEmpty()) {
      return Optional.empty();
    }
    Pytree whole = trees.size() == 1 ? trees.get(0) : new Group(Step.root(RESULT, RESULT), trees);
    Container container =
        Container.root(JavaNames.member(method) + "Result", whole.step().text(), file, Use.RESULT);
    if (isWithRefs && returned.size() == 1) {
      return Optional.of(types.tensor(program.outputs().get(returned.get(0)).shape()));
    }
    if (!(whole instanceof Group group)) {
      return Optional.of(type(whole, container, outputs));
    }
    return Optional.of(
        record(group, container, outputs, children -> resultNames(children, parameters)));
  }

  /** Parses the name of an output; the exporter uses its position if it has no other name. */
  private Label resultLabel(String name) {
    boolean isPlace = !name.isEmpty() && name.chars().allMatch(Character::isDigit);
    if (isPlace && program.outputs().size() == 1) {
      return new Label(RESULT, List.of());
    }
    return isPlace ? new Label(RESULT, List.of(Step.index(name))) : Label.parse(name);
  }

  /**
   * Names numbered parts after the parameter whose memory they reuse, or else after one with the
   * same structure.
   */
  private List<String> resultNames(List<Pytree> children, List<Parameter> parameters) {
    List<String> numbered = ComponentNames.of(children, RESULT);
    Map<Pytree, Parameter> replaced = new HashMap<>();
    for (BiPredicate<Parameter, Pytree> rule :
        List.<BiPredicate<Parameter, Pytree>>of(this::isReplaced, this::isLike)) {
      for (Pytree child : children) {
        parameters.stream()
            .filter(parameter -> child.step().isIndex() && rule.test(parameter, child))
            .filter(parameter -> !replaced.containsValue(parameter))
            .findFirst()
            .ifPresent(parameter -> replaced.putIfAbsent(child, parameter));
      }
    }
    NameAllocator names = new NameAllocator();
    List<String> found = new ArrayList<>();
    for (Pytree child : children) {
      Parameter parameter = replaced.get(child);
      found.add(names.newName(parameter == null ? numbered.get(found.size()) : parameter.name()));
    }
    return found;
  }

  private boolean isLike(Parameter parameter, Pytree result) {
    return result instanceof Group && parameter.structure().equals(structure(result, outputs));
  }

  /** Returns whether outputs reuse the memory of an entire parameter, in its order. */
  private boolean isReplaced(Parameter parameter, Pytree outputs) {
    List<Integer> aliased =
        parameter.places().stream()
            .map(place -> program.inputs().get(place).aliasedOutput().orElse(-1))
            .toList();
    return aliased.equals(outputs.places().toList());
  }

  private JavaType type(Pytree tree, Container container, Side side) {
    return tree instanceof Group group
        ? record(group, container, side, children -> ComponentNames.of(children, container.name()))
        : types.tensor(side.shapes().get(tree.places().findFirst().orElseThrow()));
  }

  private JavaType record(
      Group group,
      Container container,
      Side side,
      Function<List<Pytree>, List<String>> componentNames) {
    String structure = structure(group, side);
    Optional<RecordOf> shared = types.shared(container, file.isSharded(), structure);
    if (shared.isPresent()) {
      return shared.get();
    }
    List<Pytree> children = inParts(group.children());
    List<String> names = componentNames.apply(children);
    List<Component> components = new ArrayList<>();
    for (Pytree child : children) {
      String name = names.get(components.size());
      String step = child.step().text();
      JavaType type = type(child, container.child(name, step), side);
      components.add(new Component(name, type, step, sharding(child, side)));
    }
    return types.add(container, file.isSharded(), structure, components);
  }

  private String structure(Pytree tree, Side side) {
    return tree.structure(side.shapes()::get);
  }

  private String sharding(Pytree tree, Side side) {
    return tree instanceof Leaf leaf
        ? side.shardings()
            .get(leaf.place())
            .filter(sharding -> sharding.devices() > 1)
            .map(Sharding::toString)
            .orElse("")
        : "";
  }

  /** Groups values in containers if Java does not allow that many parameters. */
  private static List<Pytree> inParts(List<Pytree> trees) {
    if (trees.size() <= MOST_VALUES) {
      return trees;
    }
    List<Pytree> parts = new ArrayList<>();
    for (int from = 0; from < trees.size(); from += VALUES_IN_A_PART) {
      List<Pytree> part = trees.subList(from, Math.min(from + VALUES_IN_A_PART, trees.size()));
      parts.add(new Group(Step.root("part" + parts.size(), ""), part));
    }
    return inParts(parts);
  }
}
