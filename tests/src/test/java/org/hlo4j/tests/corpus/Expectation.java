package org.hlo4j.tests.corpus;

import com.google.gson.Gson;
import java.io.IOException;
import java.io.InputStream;
import java.lang.foreign.MemorySegment;
import java.nio.charset.StandardCharsets;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * What a program of the corpus takes and gives.
 *
 * @param rtol the relative tolerance of outputs that have none of their own
 * @param atol the absolute tolerance of outputs that have none of their own
 */
record Expectation(List<Input> inputs, List<Output> outputs, double rtol, double atol) {
  private static final String PROGRAMS = "/org/hlo4j/internal/mlir/corpus/";

  record Input(String dtype, List<Long> shape, boolean donated) {}

  record Output(String dtype, List<Long> shape, @Nullable Double rtol, @Nullable Double atol) {}

  static List<String> programs() {
    return text("programs.txt").lines().toList();
  }

  static Expectation of(String name) {
    return new Gson().fromJson(text(name + "/meta.json"), Expectation.class);
  }

  static String program(String name) {
    return text(PROGRAMS + name + ".mlir");
  }

  static byte[] bytecode(String name) {
    return bytes(name + "/program.mlirbc");
  }

  static MemorySegment elements(String name, String file) {
    return NpyFile.elements(bytes(name + "/" + file + ".npy"));
  }

  private static String text(String resource) {
    return new String(bytes(resource), StandardCharsets.UTF_8);
  }

  private static byte[] bytes(String resource) {
    try (InputStream in = Expectation.class.getResourceAsStream(resource)) {
      if (in == null) {
        throw new IllegalArgumentException("no resource " + resource);
      }
      return in.readAllBytes();
    } catch (IOException e) {
      throw new IllegalArgumentException(resource, e);
    }
  }
}
