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
 * @param kernels its kernels and those that it inherits, in the order of their declarations
 * @param typeNames the simple names of all types that it mentions
 * @param fieldNames the names of the constants that it declares or inherits
 * @param mentionsDeprecated whether code that uses what it mentions would be warned of
 * @param generatedAnnotation the JDK's {@code @Generated}, where the user's module can see it
 * @param element what the generated files originate from
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
