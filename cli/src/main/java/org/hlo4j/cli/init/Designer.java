package org.hlo4j.cli.init;

import com.palantir.javapoet.NameAllocator;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.function.IntFunction;
import java.util.stream.Stream;
import org.hlo4j.Program;
import org.hlo4j.ProgramInput;
import org.hlo4j.cli.init.InterfaceDesign.KernelDesign.Parameter;
import org.hlo4j.cli.init.JavaType.RecordOf;
import org.hlo4j.cli.init.Label.Step;
import org.hlo4j.cli.init.Pytree.Group;
import org.hlo4j.cli.init.Pytree.Leaf;
import org.hlo4j.type.Shape;

/** Designs the kernel method of a program. */
record Designer(TypePool types, ProgramFile file, Program program) {
  /** A method or constructor takes 255 at most, and what is generated has some of its own. */
  private static final int MOST_VALUES = 200;

  private static final int VALUES_IN_A_PART = 100;

  private static final String RESULT = "result";
  private static final String STATE = "state";

  InterfaceDesign.KernelDesign design(String method) {
    List<Parameter> parameters = parameters();
    return new InterfaceDesign.KernelDesign(
        method, file, file.isSharded(), parameters, result(method, parameters));
  }

  private List<Parameter> parameters() {
    List<Label> labels = program.inputs().stream().map(this::inputLabel).toList();
    List<Pytree> trees = new ArrayList<>();
    for (Pytree tree : Pytree.of(labels)) {
      trees.addAll(donatedAsOne(tree, ""));
    }
    NameAllocator names = new NameAllocator();
    List<Parameter> parameters = new ArrayList<>();
    for (Pytree tree : inParts(trees)) {
      String name = names.newName(JavaNames.member(tree.step().key()));
      JavaType type = type(tree, name, place -> program.inputs().get(place).shape());
      parameters.add(new Parameter(name, type, isDonated(tree)));
    }
    return parameters;
  }

  /**
   * What the exporter calls an input; if it does not say, and the input is replaced by a part of a
   * container that is returned, then what it is called in that.
   */
  private Label inputLabel(ProgramInput input) {
    boolean isNamed = !input.label().equals(input.name());
    if (isNamed || input.aliasedOutput().isEmpty()) {
      return Label.parse(input.label());
    }
    int output = input.aliasedOutput().getAsInt();
    Label replacing = resultLabel(program.outputs().get(output).name());
    if (replacing.steps().size() < 2 || !replacing.steps().get(0).isIndex()) {
      return Label.parse(input.label());
    }
    String place = replacing.steps().get(0).key();
    return new Label(
        place.equals("0") ? STATE : STATE + place,
        replacing.steps().subList(1, replacing.steps().size()));
  }

  /** A container of which only a part is donated becomes several parameters. */
  private List<Pytree> donatedAsOne(Pytree tree, String prefix) {
    String key = prefix.isEmpty() ? tree.step().key() : prefix + "_" + tree.step().key();
    Step step = new Step(key, false);
    if (tree instanceof Group group) {
      if (isDonated(tree) || group.places().noneMatch(this::isDonated)) {
        return List.of(new Group(step, group.children()));
      }
      return group.children().stream().flatMap(child -> donatedAsOne(child, key).stream()).toList();
    }
    return List.of(new Leaf(step, tree.places().findFirst().orElseThrow()));
  }

  private boolean isDonated(Pytree tree) {
    return tree.places().allMatch(this::isDonated);
  }

  private boolean isDonated(int place) {
    return program.inputs().get(place).donated();
  }

  private Optional<JavaType> result(String method, List<Parameter> parameters) {
    List<Label> labels =
        program.outputs().stream().map(output -> resultLabel(output.name())).toList();
    List<Pytree> trees = Pytree.of(labels);
    if (trees.isEmpty()) {
      return Optional.empty();
    }
    Pytree whole = trees.size() == 1 ? trees.get(0) : new Group(new Step(RESULT, false), trees);
    IntFunction<Shape> shapes = place -> program.outputs().get(place).shape();
    if (!(whole instanceof Group group)) {
      return Optional.of(type(whole, RESULT, shapes));
    }
    String name = JavaNames.type(method) + "Result";
    List<Pytree> children = inParts(group.children());
    List<JavaType> childTypes = childTypes(children, RESULT, shapes);
    List<String> names = resultNames(children, childTypes, parameters);
    return Optional.of(record(children, childTypes, name, names));
  }

  private JavaType record(
      List<Pytree> children, List<JavaType> childTypes, String name, List<String> names) {
    List<String> keys = children.stream().map(child -> child.step().key()).toList();
    return types.record(file.isSharded(), keys, childTypes, name, names);
  }

  /** Outputs that the exporter gave no name have their place as one. */
  private Label resultLabel(String name) {
    boolean isPlace = !name.isEmpty() && name.chars().allMatch(Character::isDigit);
    if (isPlace && program.outputs().size() == 1) {
      return new Label(RESULT, List.of());
    }
    return isPlace ? new Label(RESULT, List.of(new Step(name, true))) : Label.parse(name);
  }

  /**
   * What is only numbered gets the name of the parameter that it replaces: of the same record, or
   * the one whose memory it has.
   */
  private List<String> resultNames(
      List<Pytree> children, List<JavaType> childTypes, List<Parameter> parameters) {
    NameAllocator names = new NameAllocator();
    List<String> found = new ArrayList<>();
    for (Pytree child : children) {
      String numbered = childName(child, RESULT);
      JavaType type = childTypes.get(found.size());
      String name =
          child.step().isIndex() ? replaced(child, type, parameters).orElse(numbered) : numbered;
      found.add(names.newName(found.contains(name) ? numbered : name));
    }
    return found;
  }

  private Optional<String> replaced(Pytree child, JavaType type, List<Parameter> parameters) {
    Stream<Parameter> same =
        type instanceof RecordOf
            ? parameters.stream().filter(parameter -> parameter.type().equals(type))
            : donors(child, parameters);
    return same.map(Parameter::name).findFirst();
  }

  /** The parameter whose memory an output has. */
  private Stream<Parameter> donors(Pytree output, List<Parameter> parameters) {
    int place = output.places().findFirst().orElseThrow();
    List<ProgramInput> inputs = program.inputs();
    int input = 0;
    for (Parameter parameter : parameters) {
      boolean isTensor = parameter.type() instanceof JavaType.TensorOf;
      if (isTensor && inputs.get(input).aliasedOutput().orElse(-1) == place) {
        return Stream.of(parameter);
      }
      input += size(parameter.type());
    }
    return Stream.empty();
  }

  private static int size(JavaType type) {
    return switch (type) {
      case JavaType.TensorOf tensor -> 1;
      case RecordOf record ->
          record.components().stream().mapToInt(component -> size(component.type())).sum();
    };
  }

  private JavaType type(Pytree tree, String name, IntFunction<Shape> shapes) {
    if (tree instanceof Group group) {
      List<Pytree> children = inParts(group.children());
      String parent = group.step().isIndex() ? "item" : name;
      NameAllocator names = new NameAllocator();
      List<String> componentNames =
          children.stream().map(child -> names.newName(childName(child, parent))).toList();
      return record(children, childTypes(children, parent, shapes), name, componentNames);
    }
    return types.tensor(shapes.apply(tree.places().findFirst().orElseThrow()));
  }

  private List<JavaType> childTypes(
      List<Pytree> children, String parent, IntFunction<Shape> shapes) {
    return children.stream().map(child -> type(child, childName(child, parent), shapes)).toList();
  }

  private static String childName(Pytree child, String parent) {
    String key = child.step().key();
    return child.step().isIndex() ? JavaNames.numbered(parent, key) : JavaNames.member(key);
  }

  /** More values than Java can take at once, in containers of their own. */
  private static List<Pytree> inParts(List<Pytree> trees) {
    if (trees.size() <= MOST_VALUES) {
      return trees;
    }
    List<Pytree> parts = new ArrayList<>();
    for (int from = 0; from < trees.size(); from += VALUES_IN_A_PART) {
      List<Pytree> part = trees.subList(from, Math.min(from + VALUES_IN_A_PART, trees.size()));
      parts.add(new Group(new Step("part" + parts.size(), false), part));
    }
    return inParts(parts);
  }
}
