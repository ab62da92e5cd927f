package org.hlo4j.processor.model;

import com.palantir.javapoet.ClassName;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import javax.lang.model.element.TypeElement;

/**
 * An interface with {@code @Kernels}.
 *
 * @param isPublic whether the generated types are public as well
 * @param kernels its own and inherited kernels, in the order of their declarations
 * @param typeNames the simple names of all types that it uses
 * @param fieldNames the names of the constants that it declares or inherits
 * @param mentionsDeprecated whether code that uses its types gets deprecation warnings
 * @param generatedAnnotation the JDK's {@code @Generated}, if visible to the user's module
 * @param element the originating element of the generated files
 */
public record KernelInterface(
    ClassName name,
    boolean isPublic,
    List<KernelMethod> kernels,
    Set<String> typeNames,
    Set<String> fieldNames,
    boolean mentionsDeprecated,
    Optional<ClassName> generatedAnnotation,
    TypeElement element) {
  public KernelInterface {
    kernels = List.copyOf(kernels);
    typeNames = Set.copyOf(typeNames);
    fieldNames = Set.copyOf(fieldNames);
  }
}
