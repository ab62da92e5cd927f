package org.hlo4j.internal.mlir.rewrite;

import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Locale;
import java.util.OptionalInt;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.hlo4j.error.CompilationException;
import org.hlo4j.internal.mlir.analysis.GlobalConstants;
import org.hlo4j.internal.mlir.model.Function;
import org.hlo4j.internal.mlir.model.FunctionArgument;
import org.hlo4j.internal.mlir.model.MlirModule;
import org.hlo4j.internal.mlir.model.Region;
import org.hlo4j.internal.mlir.model.Use;
import org.hlo4j.internal.mlir.model.Value;
import org.hlo4j.internal.mlir.syntax.MlirReader;
import org.hlo4j.internal.mlir.text.MlirSyntaxException;
import org.hlo4j.internal.mlir.text.SourceText;
import org.hlo4j.internal.mlir.text.Span;
import org.hlo4j.type.ElementType;
import org.hlo4j.type.Shape;
import org.jspecify.annotations.Nullable;

/**
 * Replaces the argument that tells a program, which JAX exported for several platforms, the one it
 * runs on, by a constant. Its value is written for the plugin that compiles the program, so that
 * callers do not pass it.
 */
public final class PlatformIndex {
  public static final Shape SHAPE = Shape.of(ElementType.I32);

  private static final String MAIN = "main";
  private static final String ATTRIBUTE = "hlo4j.platforms";
  private static final String GPU = "gpu";
  private static final List<String> GPUS = List.of("cuda", "rocm");

  /** The constant as it is written here, before its value is known. */
  private static final Pattern UNKNOWN =
      Pattern.compile("\\{" + Pattern.quote(ATTRIBUTE) + " = \\[([^\\]]*)\\]\\} dense<-1>");

  private PlatformIndex() {}

  /** Whether a program takes an index; one that cannot be read does not. */
  public static boolean isTakenBy(String text) {
    if (!text.contains(GlobalConstants.PLATFORM_INDEX)) {
      return false;
    }
    try {
      Function main = MlirReader.read(text).function(MAIN);
      return main != null && index(main) != null;
    } catch (MlirSyntaxException e) {
      return false;
    }
  }

  /** Whether a program in bytecode takes an index: its attributes have names of their own. */
  public static boolean isIn(byte[] bytecode) {
    String text = new String(bytecode, StandardCharsets.ISO_8859_1);
    return text.contains(GlobalConstants.PLATFORM_INDEX)
        && text.contains(GlobalConstants.ATTRIBUTE);
  }

  /**
   * The text of a program that takes no index any more, and knows its platforms instead; as many
   * lines, each in its place.
   *
   * @param platforms in the order in which they were exported
   * @throws CompilationException if the program takes no index, or has another number of platforms
   */
  public static String hidden(String text, List<String> platforms) {
    MlirModule module = MlirReader.read(text);
    Function main = module.function(MAIN);
    FunctionArgument index = main == null ? null : index(main);
    Region body = main == null ? null : main.body();
    if (main == null || index == null || body == null) {
      throw new CompilationException(
          "platforms are only allowed for a program that was exported for several, unlike this"
              + " one");
    }
    check(module, main, index, platforms);
    String names =
        platforms.stream().map(name -> "\"" + name + "\"").collect(Collectors.joining(", "));
    String constant =
        " %s = stablehlo.constant {%s = [%s]} dense<-1> : %s"
            .formatted(index.name(), ATTRIBUTE, names, index.type().text());
    int start = body.span().start() + 1;
    return new TextEdits(module.source())
        .replace(withComma(main, index), "")
        .replace(new Span(start, start), constant)
        .text();
  }

  private static void check(
      MlirModule module, Function main, FunctionArgument index, List<String> platforms) {
    SourceText source = module.source();
    int at = index.span().start();
    if (main.signature() == null) {
      throw source.refusal(
          at, "the platform index can only be filled in where @main is in MLIR's pretty form");
    }
    if (platforms.isEmpty()
        || platforms.stream().anyMatch(name -> !name.matches("[A-Za-z_]\\w*"))) {
      throw source.refusal(at, "%s are not names of platforms", platforms);
    }
    OptionalInt count = branches(index);
    if (count.isPresent() && count.getAsInt() != platforms.size()) {
      throw source.refusal(
          at,
          "the program was exported for %d platforms, but %d are listed: %s",
          count.getAsInt(),
          platforms.size(),
          String.join(", ", platforms));
    }
  }

  private static @Nullable FunctionArgument index(Function main) {
    return main.arguments().stream()
        .filter(GlobalConstants::isPlatformIndex)
        .findFirst()
        .orElse(null);
  }

  /** How many platforms the program tells apart, where it does so itself. */
  private static OptionalInt branches(FunctionArgument index) {
    Value value = index.value();
    return value == null
        ? OptionalInt.empty()
        : value.uses().stream()
            .map(Use::operation)
            .filter(operation -> operation.kind().equals("case"))
            .mapToInt(operation -> operation.regions().size())
            .max();
  }

  private static Span withComma(Function main, FunctionArgument index) {
    List<FunctionArgument> arguments = main.arguments();
    int place = arguments.indexOf(index);
    if (place + 1 < arguments.size()) {
      return new Span(index.span().start(), arguments.get(place + 1).span().start());
    }
    int start = place > 0 ? arguments.get(place - 1).span().end() : index.span().start();
    return new Span(start, index.span().end());
  }

  /**
   * The text for a platform; a program for any platform is its own.
   *
   * @throws CompilationException if the program was not exported for the platform
   */
  public static String written(String text, String platform) {
    Matcher unknown = UNKNOWN.matcher(text);
    if (!unknown.find()) {
      return text;
    }
    return unknown.replaceAll(
        constant -> "dense<%s>".formatted(of(names(constant.group(1)), platform)));
  }

  private static List<String> names(String list) {
    return Stream.of(list.split(",", -1)).map(name -> name.strip().replace("\"", "")).toList();
  }

  /**
   * The index of a plugin's platform.
   *
   * @param platforms in the order in which a program was exported for them
   * @throws CompilationException if it is none of them
   */
  public static int of(List<String> platforms, String platform) {
    List<String> names = platforms.stream().map(name -> name.toLowerCase(Locale.ROOT)).toList();
    String wanted = platform.toLowerCase(Locale.ROOT);
    int index = names.indexOf(wanted);
    if (index < 0 && GPUS.contains(wanted)) {
      index = names.indexOf(GPU);
    }
    if (index < 0) {
      throw new CompilationException(
          "The program was exported for %s, but the plugin is for %s"
              .formatted(String.join(", ", platforms), platform));
    }
    return index;
  }
}
