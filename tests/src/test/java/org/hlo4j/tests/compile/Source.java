package org.hlo4j.tests.compile;

import com.google.testing.compile.Compilation;
import com.google.testing.compile.Compiler;
import com.google.testing.compile.JavaFileObjects;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Stream;
import javax.tools.JavaFileObject;
import org.hlo4j.processor.KernelProcessor;

/** A user's sources in one package, beside a few tensor types, and their compilation. */
public final class Source {
  /** A program that returns its argument, a {@code tensor<4xf32>}, as a Java string. */
  static final String IDENTITY =
      "\"func.func @main(%x: tensor<4xf32>) -> tensor<4xf32> { return %x : tensor<4xf32> }\"";

  private static final String HEAD =
      """
      package test;
      import org.hlo4j.*;
      import org.hlo4j.annotation.*;
      import org.hlo4j.type.*;
      """;

  private static final List<JavaFileObject> TENSOR_TYPES =
      List.of(
          tensorType("Vec", "tensor<4xf32>", "F32"),
          tensorType("Mat", "tensor<2x3xf32>", "F32"),
          tensorType("Flipped", "tensor<3x2xf32>", "F32"),
          tensorType("Ints", "tensor<4xi32>", "I32"));

  private Source() {}

  /**
   * A source file in the package of all.
   *
   * @param name its public type
   * @param text what follows the imports; {@code $IDENTITY} stands for that program
   */
  public static JavaFileObject of(String name, String text) {
    return JavaFileObjects.forSourceString(
        "test." + name, HEAD + text.replace("$IDENTITY", IDENTITY));
  }

  /** The line, counted from 1, on which a text of such a file is. */
  static int lineOf(String text, String part) {
    String before = HEAD + text.substring(0, text.indexOf(part));
    return 1 + (int) before.chars().filter(c -> c == '\n').count();
  }

  private static JavaFileObject tensorType(String name, String text, String marker) {
    return of(
        name,
        "@TensorType(\"%s\") public interface %s extends %s {}\n".formatted(text, name, marker));
  }

  /** A file's text as it is. */
  static String textOf(JavaFileObject file) {
    try {
      return file.getCharContent(false).toString();
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  /** A file's text as UTF-8, whatever the compilation's encoding is. */
  static String utf8Of(JavaFileObject file) {
    try (var in = file.openInputStream()) {
      return new String(in.readAllBytes(), StandardCharsets.UTF_8);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  /** Sources and the tensor types. */
  static List<JavaFileObject> withTensorTypes(List<JavaFileObject> sources) {
    List<JavaFileObject> all = new ArrayList<>(TENSOR_TYPES);
    all.addAll(sources);
    return all;
  }

  /** Compiles sources, with every warning of javac an error. */
  static Compilation compile(JavaFileObject... sources) {
    return compile(strict(), sources);
  }

  /** Compiles sources beside the tensor types. */
  static Compilation compile(Compiler compiler, JavaFileObject... sources) {
    return compiler.compile(withTensorTypes(List.of(sources)));
  }

  /** javac with the processor, and with every warning an error. */
  static Compiler strict() {
    // Other libraries' class files lack annotations, and other annotations lack processors.
    return strict("-Xlint:all,-classfile,-processing", "-parameters");
  }

  /** The same with other options; XLA is asked only where that is what is tested. */
  static Compiler strict(String... options) {
    return strict(new KernelProcessor(), options);
  }

  /** The same with another processor. */
  static Compiler strict(KernelProcessor processor, String... options) {
    return Compiler.javac()
        .withProcessors(processor)
        .withOptions(
            Stream.concat(Stream.of("-Werror", "-Ahlo4j.verify=off"), Stream.of(options))
                .toArray());
  }
}
