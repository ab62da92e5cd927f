package org.hlo4j.cli.init;

import com.palantir.javapoet.NameAllocator;
import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.hlo4j.cli.init.JavaType.RecordOf;
import org.hlo4j.error.ArgumentException;
import org.hlo4j.type.Shape;

/**
 * The design of an annotated interface. Immutable.
 *
 * @param packageName empty for the unnamed package
 * @param tensorTypes the shapes by the names of their interfaces
 * @param records the records, each after the records of its components
 * @param taken the records that kernels take, whose components are {@code Tensor}s
 */
public record InterfaceDesign(
    String packageName,
    String name,
    List<KernelDesign> kernels,
    Map<String, Shape> tensorTypes,
    List<RecordOf> records,
    Set<RecordOf> taken) {

  /**
   * The design of a kernel method.
   *
   * @param isSharded whether the tensors are on several devices
   * @param result empty for {@code void}
   */
  record KernelDesign(
      String method,
      ProgramFile file,
      boolean isSharded,
      List<Parameter> parameters,
      Optional<JavaType> result) {
    /**
     * A parameter of a kernel method.
     *
     * @param isRef whether it is a variable, or a record of variables
     * @param label the exporter's name
     * @param sharding the sharding of a tensor; may be empty
     * @param structure its keys and shapes
     * @param places the positions of its inputs
     */
    record Parameter(
        String name,
        JavaType type,
        boolean isDonated,
        boolean isRef,
        String label,
        String sharding,
        String structure,
        List<Integer> places) {
      Parameter {
        places = List.copyOf(places);
      }

      private Parameter named(RecordNames records) {
        return new Parameter(
            name, records.of(type), isDonated, isRef, label, sharding, structure, places);
      }
    }

    KernelDesign {
      parameters = List.copyOf(parameters);
    }

    private KernelDesign named(RecordNames records) {
      return new KernelDesign(
          method,
          file,
          isSharded,
          parameters.stream().map(parameter -> parameter.named(records)).toList(),
          result.map(records::of));
    }
  }

  public InterfaceDesign {
    kernels = List.copyOf(kernels);
    records = List.copyOf(records);
    taken = Set.copyOf(taken);
  }

  /**
   * Designs an interface with a kernel for each program, in order.
   *
   * @param name the name of the interface; if empty, the name of the file, or of the package if
   *     there are several files
   * @param isWithRefs whether donated parameters that outputs replace are variables
   * @throws ArgumentException if the programs run on different numbers of devices
   */
  public static InterfaceDesign of(
      String packageName, Optional<String> name, List<ProgramFile> files, boolean isWithRefs) {
    checkDevices(files);
    String interfaceName = name.orElseGet(() -> nameOf(packageName, files));
    TypePool types = new TypePool();
    NameAllocator methods = new NameAllocator();
    List<KernelDesign> designed = new ArrayList<>();
    for (ProgramFile file : files) {
      String method = methods.newName(JavaNames.member(file.baseName()));
      designed.add(Designer.of(types, file, isWithRefs).design(method));
    }
    RecordNames records = RecordNames.of(types, interfaceName);
    List<KernelDesign> kernels = designed.stream().map(kernel -> kernel.named(records)).toList();
    Set<RecordOf> taken = new LinkedHashSet<>();
    kernels.stream()
        .flatMap(kernel -> kernel.parameters().stream())
        .forEach(parameter -> addRecords(parameter.type(), taken));
    return new InterfaceDesign(
        packageName, interfaceName, kernels, types.tensors(), records.records(), taken);
  }

  /** Returns whether a kernel runs on several devices. */
  public boolean isSharded() {
    return kernels.stream().anyMatch(KernelDesign::isSharded);
  }

  /** Returns the number of devices that each kernel runs on. */
  public int devices() {
    return kernels.isEmpty() ? 1 : kernels.get(0).file().devices();
  }

  private static void checkDevices(List<ProgramFile> files) {
    ProgramFile first = files.get(0);
    for (ProgramFile other : files) {
      if (other.devices() != first.devices()) {
        throw new ArgumentException(
            "%s runs on %s devices, and %s on %s; generate separate interfaces"
                .formatted(other.name(), other.devices(), first.name(), first.devices()));
      }
    }
  }

  private static String nameOf(String packageName, List<ProgramFile> files) {
    String last = packageName.substring(packageName.lastIndexOf('.') + 1);
    return JavaNames.type(files.size() == 1 || last.isEmpty() ? files.get(0).baseName() : last);
  }

  private static void addRecords(JavaType type, Set<RecordOf> found) {
    if (type instanceof RecordOf record && found.add(record)) {
      record.components().forEach(component -> addRecords(component.type(), found));
    }
  }
}
