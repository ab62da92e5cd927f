package org.hlo4j.internal.compile;

import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import org.hlo4j.error.CompilationException;
import org.hlo4j.error.PjrtException;
import org.hlo4j.internal.device.DeviceContext;
import org.hlo4j.internal.jax.ExportedFile;
import org.hlo4j.internal.mlir.analysis.CustomCalls;
import org.hlo4j.internal.pjrt.ExecutableHandle;
import org.hlo4j.internal.pjrt.proto.CompileOptions;
import org.hlo4j.internal.pjrt.proto.HloSignature;

/** Asks XLA what a program in bytecode takes and gives. */
public final class BytecodeSignature {
  private BytecodeSignature() {}

  /**
   * Returns the signature of a program, by compiling it for a device.
   *
   * @param file bytecode, or a file of {@code jax.export.Exported.serialize()}
   * @throws CompilationException if XLA rejects the bytecode
   */
  public static String of(DeviceContext device, byte[] file) {
    byte[] bytecode = ExportedFile.moduleIn(file);
    int hidden = ExportedFile.indexedPlatformsIn(file).isEmpty() ? 0 : 1;
    byte[] options = CompileOptions.forDevice(device.handle().id(), device.client().platform());
    ExecutableHandle handle;
    try {
      handle = device.client().handle().compile(bytecode, XlaCompiler.FORMAT, options);
    } catch (PjrtException e) {
      String message = String.valueOf(e.getMessage());
      throw CustomCalls.missing(message)
          .map(function -> new CompilationException(CustomCalls.problem(function), e))
          .orElseGet(() -> new CompilationException("XLA rejects the bytecode: " + message, e));
    }
    try {
      return text(handle.optimizedProgram().signature(), hidden);
    } finally {
      handle.close();
    }
  }

  /** Without the inputs before the user's. */
  private static String text(HloSignature signature, int hidden) {
    List<String> inputs = new ArrayList<>();
    for (int place = hidden; place < signature.parameters().size(); place++) {
      String type = signature.parameters().get(place);
      inputs.add(
          String.format(
              Locale.ROOT,
              "%%arg%d: %s%s%s",
              place - hidden,
              type,
              donation(signature, place),
              location(signature, place)));
    }
    return "(%s) -> (%s)"
        .formatted(String.join(", ", inputs), String.join(", ", signature.results()));
  }

  private static String donation(HloSignature signature, int place) {
    if (!signature.donated().contains(place)) {
      return "";
    }
    return signature.aliasOf(place).isPresent()
        ? String.format(
            Locale.ROOT, " {tf.aliasing_output = %d : i32}", signature.aliasOf(place).getAsInt())
        : " {jax.buffer_donor = true}";
  }

  private static String location(HloSignature signature, int place) {
    String label = signature.labels().getOrDefault(place, "");
    // A name with what would have to be escaped is no path into a pytree.
    return label.isEmpty() || label.matches("(?s).*[\"\\\\\\p{Cntrl}].*")
        ? ""
        : " loc(\"%s\")".formatted(label);
  }
}
