package org.hlo4j.internal.pjrt.proto;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.OptionalInt;
import java.util.TreeSet;

/**
 * The signature of a compiled program. Immutable.
 *
 * @param parameters the types of the parameters, in order, in StableHLO syntax
 * @param results the types of the results, in order
 * @param donated the parameters whose memory the program may reuse, in order
 * @param aliases the results that reuse a parameter's memory, by the parameter's index
 * @param labels the exporter's names of parameters, by index, if known
 * @param rowMajor whether all parameters and results have the host's layout
 * @see <a href="https://github.com/openxla/xla/blob/main/xla/service/hlo.proto">hlo.proto</a>
 */
public record HloSignature(
    List<String> parameters,
    List<String> results,
    List<Integer> donated,
    Map<Integer, Integer> aliases,
    Map<Integer, String> labels,
    boolean rowMajor) {
  private static final int MODULE_PROGRAM_SHAPE = 4;
  private static final int MODULE_ALIASES = 8;
  private static final int MODULE_DONORS = 18;

  private static final int PROGRAM_SHAPE_PARAMETERS = 1;
  private static final int PROGRAM_SHAPE_RESULT = 2;

  private static final int LIST_ENTRIES = 1;
  private static final int ALIAS_RESULT = 1;
  private static final int ALIAS_PARAMETER = 2;
  private static final int DONOR_PARAMETER = 1;

  public HloSignature {
    parameters = List.copyOf(parameters);
    results = List.copyOf(results);
    donated = List.copyOf(donated);
    aliases = Map.copyOf(aliases);
    labels = Map.copyOf(labels);
  }

  /**
   * Parses an {@code HloModuleProto}.
   *
   * @param labels the names of its entry computation's parameters, by index
   * @throws IllegalArgumentException if the bytes are malformed
   */
  static HloSignature read(ProtoReader module, Map<Integer, String> labels) {
    List<String> parameters = new ArrayList<>();
    List<String> results = new ArrayList<>();
    TreeSet<Integer> donated = new TreeSet<>();
    Map<Integer, Integer> aliases = new HashMap<>();
    boolean rowMajor = true;
    while (module.next()) {
      switch (module.field()) {
        case MODULE_PROGRAM_SHAPE -> rowMajor &= readShape(module.message(), parameters, results);
        case MODULE_ALIASES -> readAliases(module.message(), donated, aliases);
        case MODULE_DONORS -> readDonors(module.message(), donated);
        default -> {}
      }
    }
    return new HloSignature(parameters, results, List.copyOf(donated), aliases, labels, rowMajor);
  }

  /** Adds the types, and returns whether all layouts are row-major. */
  private static boolean readShape(
      ProtoReader programShape, List<String> parameters, List<String> results) {
    boolean rowMajor = true;
    while (programShape.next()) {
      if (programShape.field() == PROGRAM_SHAPE_PARAMETERS) {
        HloShape parameter = HloShape.read(programShape.message());
        parameters.add(parameter.type());
        rowMajor &= parameter.rowMajor();
      } else if (programShape.field() == PROGRAM_SHAPE_RESULT) {
        HloShape result = HloShape.read(programShape.message());
        List<HloShape> parts = result.isTuple() ? result.parts() : List.of(result);
        parts.forEach(part -> results.add(part.type()));
        rowMajor &= result.rowMajor();
      }
    }
    return rowMajor;
  }

  /** Zeros are not encoded: neither a first parameter's index, nor that of a sole result. */
  private static void readAliases(
      ProtoReader list, TreeSet<Integer> donated, Map<Integer, Integer> aliases) {
    for (ProtoReader entry : list.messages(LIST_ENTRIES)) {
      int parameter = 0;
      List<Long> result = new ArrayList<>();
      while (entry.next()) {
        if (entry.field() == ALIAS_PARAMETER) {
          parameter = (int) entry.integer();
        } else if (entry.field() == ALIAS_RESULT) {
          entry.integers(result::add);
        }
      }
      donated.add(parameter);
      aliases.put(parameter, result.isEmpty() ? 0 : result.getFirst().intValue());
    }
  }

  private static void readDonors(ProtoReader list, TreeSet<Integer> donated) {
    for (ProtoReader entry : list.messages(LIST_ENTRIES)) {
      int parameter = 0;
      while (entry.next()) {
        if (entry.field() == DONOR_PARAMETER) {
          parameter = (int) entry.integer();
        }
      }
      donated.add(parameter);
    }
  }

  /** Returns the result that reuses a parameter's memory, if the program specifies it. */
  public OptionalInt aliasOf(int parameter) {
    Integer result = aliases.get(parameter);
    return result == null ? OptionalInt.empty() : OptionalInt.of(result);
  }
}
