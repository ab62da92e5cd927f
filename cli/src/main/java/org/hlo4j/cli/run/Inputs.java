package org.hlo4j.cli.run;

import java.io.IOException;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;
import org.hlo4j.HostTensor;
import org.hlo4j.ProgramInput;
import org.hlo4j.data.FileTensor;
import org.hlo4j.data.ImageTensors;
import org.hlo4j.data.TensorFile;
import org.hlo4j.error.ArgumentException;
import org.hlo4j.type.Shape;

/**
 * Reads the inputs of a program from files. A file is for a named input ({@code x=x.npy}), or for
 * the next input without a file. Each tensor of a file with several is the input of its name.
 */
public final class Inputs {
  private final List<ProgramInput> inputs;
  private final Map<Integer, HostTensor<?>> found = new HashMap<>();

  private Inputs(List<ProgramInput> inputs) {
    this.inputs = inputs;
  }

  /**
   * Reads the inputs of a program.
   *
   * @param arguments files, or names and files with an equals sign between them
   * @param fill generates the inputs that no file contains; empty to require all
   * @throws IOException if a file cannot be read
   * @throws ArgumentException if an input is missing, surplus, or of another shape
   */
  public static List<HostTensor<?>> read(
      List<ProgramInput> inputs, List<String> arguments, Optional<Fill> fill) throws IOException {
    Inputs reading = new Inputs(inputs);
    for (String argument : arguments) {
      reading.add(argument);
    }
    return reading.complete(fill);
  }

  private void add(String argument) throws IOException {
    int equals = argument.indexOf('=');
    if (equals > 0) {
      String name = argument.substring(0, equals);
      Optional<Integer> place = new InputNames(inputs, Set.of(name)).placeOf(name);
      if (place.isEmpty()) {
        throw new ArgumentException(
            "There is no input %s; the inputs are %s".formatted(name, names()));
      }
      put(place.get(), readOne(InputFile.open(argument.substring(equals + 1)), place.get()));
      return;
    }
    InputFile file = InputFile.open(argument);
    Optional<TensorFile> tensors = file.tensors();
    if (tensors.isEmpty() || tensors.get().isNpy()) {
      int place = next(argument);
      put(place, readOne(file, place));
      return;
    }
    addAll(argument, tensors.get());
  }

  private void addAll(String argument, TensorFile tensors) {
    InputNames names = new InputNames(inputs, tensors.tensors().keySet());
    for (FileTensor tensor : tensors.tensors().values()) {
      Optional<Integer> place = names.placeOf(tensor.name());
      if (place.isEmpty()) {
        throw new ArgumentException(
            "%s has a tensor %s, but there is no such input; the inputs are %s"
                .formatted(argument, tensor.name(), names()));
      }
      put(place.get(), fitting(tensor, inputs.get(place.get())));
    }
  }

  private int next(String argument) {
    for (int place = 0; place < inputs.size(); place++) {
      if (!found.containsKey(place)) {
        return place;
      }
    }
    throw new ArgumentException(
        "%s is surplus: the program has %s inputs".formatted(argument, inputs.size()));
  }

  private void put(int place, HostTensor<?> tensor) {
    if (found.put(place, tensor) != null) {
      throw new ArgumentException("The input %s is specified twice".formatted(named(place)));
    }
  }

  private String names() {
    return inputs.stream().map(ProgramInput::label).collect(Collectors.joining(", "));
  }

  private String named(int place) {
    return inputs.get(place).label();
  }

  private HostTensor<?> readOne(InputFile file, int place) throws IOException {
    ProgramInput input = inputs.get(place);
    Optional<TensorFile> tensors = file.tensors();
    return tensors.isPresent()
        ? fitting(tensors.get().only(), input)
        : ImageTensors.toTensor(file.image(), input.shape());
  }

  private static HostTensor<?> fitting(FileTensor tensor, ProgramInput input) {
    Shape expected = input.shape();
    FileTensor typed =
        tensor.isReadable() && hasOnlyBits(tensor, expected)
            ? tensor.as(expected.elementType())
            : tensor;
    if (!typed.isReadable() || !typed.shape().equals(expected)) {
      throw new ArgumentException(
          "The input %s is a %s, but the file has %s".formatted(input.label(), expected, tensor));
    }
    return typed.toHostTensor();
  }

  /** NumPy stores some types as bits, since it has no names for them. */
  private static boolean hasOnlyBits(FileTensor tensor, Shape expected) {
    Shape found = tensor.shape();
    boolean isUnsigned = found.elementType().text().startsWith("ui");
    return isUnsigned && found.elementType().hostBytes() == expected.elementType().hostBytes();
  }

  private List<HostTensor<?>> complete(Optional<Fill> fill) {
    List<HostTensor<?>> all = new ArrayList<>();
    List<String> missing = new ArrayList<>();
    for (int place = 0; place < inputs.size(); place++) {
      HostTensor<?> tensor = found.get(place);
      if (tensor != null) {
        all.add(tensor);
      } else if (fill.isPresent()) {
        all.add(fill.get().tensor(inputs.get(place).shape(), place));
      } else {
        missing.add("%s (%s)".formatted(named(place), inputs.get(place).shape()));
      }
    }
    if (!missing.isEmpty()) {
      throw new ArgumentException(
          "No file contains %s: add one with --in, or generate it with --fill"
              .formatted(String.join(", ", missing)));
    }
    return all;
  }
}
