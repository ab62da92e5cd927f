package org.hlo4j.internal.mlir;

import static com.google.common.truth.Truth.assertThat;
import static com.google.common.truth.Truth.assertWithMessage;

import java.util.ArrayList;
import java.util.List;
import net.jqwik.api.Arbitraries;
import net.jqwik.api.Arbitrary;
import net.jqwik.api.Combinators;
import net.jqwik.api.EdgeCasesMode;
import net.jqwik.api.ForAll;
import net.jqwik.api.GenerationMode;
import net.jqwik.api.Property;
import net.jqwik.api.Provide;
import net.jqwik.api.Tuple;
import net.jqwik.api.statistics.Statistics;
import org.hlo4j.Program;
import org.hlo4j.error.CompilationException;
import org.hlo4j.internal.mlir.analysis.EntryPoint;
import org.hlo4j.internal.mlir.model.Attribute;
import org.hlo4j.internal.mlir.model.MlirModule;
import org.hlo4j.internal.mlir.model.Operation;
import org.hlo4j.internal.mlir.rewrite.AliasPlan;
import org.hlo4j.internal.mlir.syntax.MlirReader;
import org.hlo4j.internal.mlir.text.MlirSyntaxException;
import org.hlo4j.internal.sharding.DeclaredShardings;
import org.jspecify.annotations.NullUnmarked;

/**
 * Whatever happens to a program: it is read and planned, or refused. {@code -Dhlo4j.tries=100000}
 * makes more mutants than the build does.
 */
@NullUnmarked
final class MutantTest {
  /** A larger program is cut, so that a few do not take all of the time. */
  private static final int LARGEST = 12_000;

  private static final List<Tokens> PROGRAMS = programs();

  private static List<Tokens> programs() {
    List<Tokens> programs = new ArrayList<>();
    Seeds.TEXTS.forEach(text -> programs.add(Tokens.of(text)));
    CorpusTest.programs()
        .forEach(
            program -> {
              String text = Programs.resource(program.name() + ".mlir");
              programs.add(Tokens.of(text.substring(0, Math.min(text.length(), LARGEST))));
            });
    return programs;
  }

  @Provide
  Arbitrary<Tokens> seeds() {
    return Arbitraries.frequencyOf(
        Tuple.of(1, Arbitraries.of(PROGRAMS)),
        Tuple.of(1, Arbitraries.of(PROGRAMS.subList(0, Seeds.TEXTS.size()))));
  }

  @Provide
  Arbitrary<List<Mutation>> mutations() {
    Arbitrary<Mutation.Kind> kinds =
        Arbitraries.frequencyOf(
            Tuple.of(1, Arbitraries.of(Mutation.Kind.class)),
            Tuple.of(2, Arbitraries.of(Mutation.MILD)));
    Arbitrary<Integer> numbers = Arbitraries.integers().between(0, 1_000_000);
    return Combinators.combine(kinds, numbers, numbers)
        .as(Mutation::new)
        .list()
        .ofMinSize(1)
        .ofMaxSize(3);
  }

  @Property(seed = "42", generation = GenerationMode.RANDOMIZED, edgeCases = EdgeCasesMode.NONE)
  void aMutantIsPlannedOrRefused(
      @ForAll("seeds") Tokens program, @ForAll("mutations") List<Mutation> changes) {
    Tokens mutant = program.copy();
    changes.forEach(change -> change.apply(mutant));

    check(mutant.text());
  }

  @Property(seed = "43", generation = GenerationMode.RANDOMIZED, edgeCases = EdgeCasesMode.NONE)
  void aSpliceOfTwoProgramsIsPlannedOrRefused(
      @ForAll("seeds") Tokens head,
      @ForAll("seeds") Tokens tail,
      @ForAll("mutations") List<Mutation> changes) {
    Tokens splice = head.copy();
    Mutation first = changes.get(0);
    splice.list().subList(first.at() % head.size(), head.size()).clear();
    splice.list().addAll(tail.list().subList(first.other() % tail.size(), tail.size()));
    changes.subList(1, changes.size()).forEach(change -> change.apply(splice));

    check(splice.text());
  }

  @Property(seed = "44", generation = GenerationMode.RANDOMIZED, edgeCases = EdgeCasesMode.NONE)
  void anyTextIsRefused(@ForAll String text) {
    assertThat(check(text)).isNotEqualTo(Outcome.PLANNED);
  }

  private static Outcome check(String text) {
    Outcome outcome;
    try {
      outcome = outcome(text);
    } catch (Throwable e) {
      throw new AssertionError("on " + text, e);
    }
    Statistics.label("outcome").collect(outcome);
    return outcome;
  }

  /** How far a text comes. */
  private enum Outcome {
    NO_PROGRAM,
    NOT_TO_BE_RUN,
    PLANNED
  }

  private static Outcome outcome(String text) {
    Outcome outcome = Outcome.NO_PROGRAM;
    try {
      MlirModule module = MlirReader.read(text);
      readEverything(module);
      outcome = Outcome.NOT_TO_BE_RUN;
      EntryPoint entry = EntryPoint.of(module);
      int partitions = entry.counts().partitions();
      DeclaredShardings shardings = DeclaredShardings.of(module, entry, partitions);
      assertThat(shardings.inputs()).hasSize(entry.inputs().size());
      outcome = Outcome.PLANNED;
      checkPlan(AliasPlan.of(module, entry), text, entry);
      Program program = Program.of(text);
      assertThat(program.inputs()).hasSize(entry.inputs().size());
    } catch (CompilationException e) {
      // What was planned once is not refused when it is read again.
      assertWithMessage("planned, and then refused: %s", e)
          .that(outcome)
          .isNotEqualTo(Outcome.PLANNED);
      assertThat(e.line()).isAtLeast(1);
      assertThat(e.column()).isAtLeast(1);
      assertThat(e).hasMessageThat().isNotEmpty();
    }
    return outcome;
  }

  /** What XLA gets has the user's lines, and the inputs and outputs that are left. */
  private static void checkPlan(AliasPlan plan, String text, EntryPoint entry) {
    assertThat(lineEnds(plan.text())).isEqualTo(lineEnds(text));
    EntryPoint left = EntryPoint.of(MlirReader.read(plan.text()));
    assertThat(left.inputs())
        .hasSize((int) plan.inputs().stream().filter(AliasPlan.InputUse::isPassed).count());
    assertThat(left.outputs())
        .hasSize(
            (int) plan.outputs().stream().filter(output -> !output.isInput()).distinct().count());
    assertThat(plan.outputs()).hasSize(entry.outputs().size());
  }

  private static long lineEnds(String text) {
    return text.chars().filter(c -> c == '\n').count();
  }

  private static void readEverything(MlirModule module) {
    assertThat(Outline.of(module)).isNotNull();
    for (Operation operation : Programs.all(module)) {
      for (Attribute attribute : operation.attributes()) {
        attribute.integer();
        attribute.bool();
        attribute.string();
        attribute.symbol();
        attribute.integers();
        attribute.bytes();
        try {
          attribute.dictionary();
          attribute.dictionaries();
        } catch (MlirSyntaxException e) {
          assertThat(e.offset()).isAtLeast(operation.span().start());
        }
      }
    }
  }
}
