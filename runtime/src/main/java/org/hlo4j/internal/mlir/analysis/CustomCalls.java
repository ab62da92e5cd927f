package org.hlo4j.internal.mlir.analysis;

import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.function.Predicate;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.hlo4j.internal.mlir.model.Attribute;
import org.hlo4j.internal.mlir.model.MlirModule;
import org.hlo4j.internal.mlir.model.Operation;
import org.hlo4j.internal.mlir.model.SymbolReference;
import org.jspecify.annotations.Nullable;

/** The functions that programs call by {@code custom_call}, and whether plugins provide them. */
public final class CustomCalls {
  private static final String TARGET = "call_target_name";
  private static final String COMPUTATIONS = "called_computations";
  private static final Pattern NAME = Pattern.compile("[A-Za-z_][\\w.$]{3,}");

  /** The form in which XLA's errors name a function missing from the plugin. */
  private static final Pattern MISSING =
      Pattern.compile(
          "No (?:FFI handler registered for|registered implementation for (?:un)?typed custom call"
              + " to) (\\S+)");

  private static final String LAPACK = "a LAPACK function of JAX's own CPU client";
  private static final String TPU = "export with platforms=[\"tpu\"], which uses operations of XLA";
  private static final String PLAIN =
      "export with platforms=[\"metal\"], for which JAX writes it in StableHLO's operations"
          + " (platforms=[\"tpu\"] calls a function that is missing as well)";
  private static final String OF_THIS_PLATFORM = "export for the platform that the program runs on";

  /**
   * Functions that no published plugin provides; the first matching family supplies the advice. To
   * be removed once a plugin provides them.
   */
  private static final List<Family> UNPROVIDED =
      List.of(
          new Family(
              "lapack_[sdcz](?:geev|gees|gehrd|sytrd|hetrd)(?:_ffi)?",
              LAPACK,
              "JAX has no other form of it, so compute this outside of the program"),
          new Family("lapack_[sdcz]getrf(?:_ffi)?", LAPACK, PLAIN),
          new Family("lapack_\\w+", LAPACK, TPU),
          new Family(
              "xla_(?:ffi_)?(?:partitioned_)?python_\\w+",
              "a call back into Python",
              "export without pure_callback, io_callback and debug.print"));

  /** Functions that plugins for some platforms provide. */
  private static final List<Family> OF_SOME_PLATFORMS =
      List.of(
          new Family("LuDecomposition", "a function of XLA for TPUs", PLAIN),
          new Family("tpu_custom_call", "a Pallas kernel for TPUs", OF_THIS_PLATFORM),
          new Family(
              "(?:cu(?:solver|blas|sparse|dnn|fft|_)|hip(?:solver|blas|sparse|dnn|fft|_)|__cu"
                  + "|__triton|triton_kernel|mosaic_gpu)\\S*",
              "a function of JAX's own GPU client",
              OF_THIS_PLATFORM));

  /**
   * A family of functions.
   *
   * @param names a pattern of their names
   * @param what a description
   * @param cure the advice
   */
  private record Family(Pattern names, String what, String cure) {
    Family(String names, String what, String cure) {
      this(Pattern.compile(names), what, cure);
    }

    boolean has(String function) {
      return names.matcher(function).matches();
    }
  }

  /**
   * A call of a function.
   *
   * @param offset its position in the program's text
   */
  public record Call(String function, int offset) {}

  private CustomCalls() {}

  /** Returns the missing function that XLA's error names, if any. */
  public static Optional<String> missing(String xlaError) {
    Matcher missing = MISSING.matcher(xlaError);
    return missing.find() ? Optional.of(missing.group(1)) : Optional.empty();
  }

  public static Optional<Call> of(String function, MlirModule module) {
    return first(all(module), function::equals);
  }

  /** Returns the first call of a function that no published plugin provides, if any. */
  public static Optional<Call> unprovided(MlirModule module) {
    List<Call> calls = all(module);
    return UNPROVIDED.stream().flatMap(family -> first(calls, family::has).stream()).findFirst();
  }

  /** Returns a function that no published plugin provides, among the names in bytecode. */
  public static Optional<String> unprovided(byte[] bytecode) {
    List<Call> names =
        NAME.matcher(new String(bytecode, StandardCharsets.ISO_8859_1))
            .results()
            .map(name -> new Call(name.group(), 0))
            .toList();
    return UNPROVIDED.stream()
        .flatMap(family -> first(names, family::has).stream())
        .map(Call::function)
        .findFirst();
  }

  /** Returns why a program that calls a function does not run, with advice. */
  public static String problem(String function) {
    for (Family family : UNPROVIDED) {
      if (family.has(function)) {
        return "no published plugin provides %s, %s; %s"
            .formatted(function, family.what(), family.cure());
      }
    }
    for (Family family : OF_SOME_PLATFORMS) {
      if (family.has(function)) {
        return "this plugin does not provide %s, %s; %s"
            .formatted(function, family.what(), family.cure());
      }
    }
    return "this plugin does not provide %s, which the program calls by custom_call"
        .formatted(function);
  }

  private static Optional<Call> first(List<Call> calls, Predicate<String> isMeant) {
    return calls.stream().filter(call -> isMeant.test(call.function())).findFirst();
  }

  private static List<Call> all(MlirModule module) {
    List<Call> calls = new ArrayList<>();
    module.walk(
        operation -> {
          String target = target(operation);
          if (target != null) {
            calls.add(new Call(target, operation.nameSpan().start()));
          }
        });
    return calls;
  }

  /** Returns the function that an operation calls, or null if it is not a custom call. */
  private static @Nullable String target(Operation operation) {
    if (!operation.kind().equals("custom_call")) {
      return null;
    }
    Attribute named = operation.attributes().get(TARGET);
    if (named != null) {
      return named.string();
    }
    Attribute computations = operation.attributes().get(COMPUTATIONS);
    return operation.symbols().stream()
        .filter(
            symbol -> computations == null || !computations.span().contains(symbol.span().start()))
        .map(SymbolReference::name)
        .findFirst()
        .orElse(null);
  }
}
