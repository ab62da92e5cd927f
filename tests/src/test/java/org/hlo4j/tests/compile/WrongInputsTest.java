package org.hlo4j.tests.compile;

import static com.google.common.truth.Truth.assertThat;
import static com.google.common.truth.Truth.assertWithMessage;

import com.google.testing.compile.Compiler;
import java.net.URI;
import java.util.EnumSet;
import java.util.List;
import java.util.Locale;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import javax.tools.Diagnostic;
import javax.tools.JavaFileObject;
import org.hlo4j.processor.KernelProcessor;
import org.hlo4j.processor.fixture.Source;
import org.hlo4j.processor.message.Message;
import org.hlo4j.tests.compile.WrongInputTable.Section;
import org.hlo4j.tests.compile.WrongInputTable.Way;
import org.junit.jupiter.api.DynamicContainer;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestFactory;
import org.junit.jupiter.api.function.Executable;

/** A table of wrong inputs: javac refuses each, with the right error in the right place. */
class WrongInputsTest {
  /**
   * What a wrong source is not enough for: it takes options, files, a slow machine, or a caller. Or
   * it is of a source in which javac misses a type as well.
   */
  private static final Set<Message> OF_OTHER_TESTS =
      EnumSet.of(
          Message.USED_AFTER_DONATION,
          Message.MAYBE_USED_AFTER_DONATION,
          Message.OWN_TYPE,
          Message.BAD_OPTION,
          Message.NO_COMMITTED_PLAN,
          Message.PLAN_DIFFERS,
          Message.TOO_SLOW_FOR_XLA,
          Message.NOT_VERIFIABLE,
          Message.NOT_VERIFIED);

  @TestFactory
  Stream<DynamicContainer> javacRefusesEachWrongInput() {
    List<Section> sections = WrongInputTable.read();
    int rows = sections.stream().mapToInt(section -> section.rows().size()).sum();
    System.out.printf(Locale.ROOT, "%d wrong inputs of %d kinds%n", rows, sections.size());
    return sections.stream()
        .map(section -> DynamicContainer.dynamicContainer(section.title(), tests(section)));
  }

  private static Stream<DynamicTest> tests(Section section) {
    if (section.way() == Way.ALONE) {
      return section.rows().stream().map(row -> test(row, () -> check(row, errors(row))));
    }
    List<Diagnostic<? extends JavaFileObject>> errors = errors(section);
    return Stream.concat(
        section.rows().stream().map(row -> test(row, () -> check(row, errors))),
        Stream.of(
            DynamicTest.dynamicTest("no error elsewhere", () -> checkNoOther(section, errors))));
  }

  private static DynamicTest test(WrongInput row, Executable check) {
    URI place =
        URI.create(
            String.format(
                Locale.ROOT, "classpath:%s?line=%d", WrongInputTable.RESOURCE, row.row()));
    return DynamicTest.dynamicTest(row.toString(), place, check);
  }

  private static List<Diagnostic<? extends JavaFileObject>> errors(WrongInput row) {
    return errors(List.of(row), "off");
  }

  private static List<Diagnostic<? extends JavaFileObject>> errors(Section section) {
    return errors(section.rows(), section.way() == Way.VERIFIED ? "required" : "off");
  }

  private static List<Diagnostic<? extends JavaFileObject>> errors(
      List<WrongInput> rows, String verify) {
    return Compiler.javac()
        .withProcessors(new KernelProcessor())
        .withOptions("-Ahlo4j.verify=" + verify, "-Xmaxerrs", "10000")
        .compile(Source.withTensorTypes(rows.stream().map(WrongInput::file).toList()))
        .errors();
  }

  private static void check(WrongInput row, List<Diagnostic<? extends JavaFileObject>> all) {
    List<Diagnostic<? extends JavaFileObject>> errors = all.stream().filter(row::isIn).toList();

    assertWithMessage("%s, on line %s, of errors %s in %s", row, row.line(), errors, row.source())
        .that(errors.stream().anyMatch(row::isExpected))
        .isTrue();
    if (row.isOurs()) {
      errors.forEach(error -> assertThat(error.getMessage(Locale.ROOT)).startsWith("[HLO"));
    }
  }

  private static void checkNoOther(
      Section section, List<Diagnostic<? extends JavaFileObject>> errors) {
    assertThat(
            errors.stream()
                .filter(error -> section.rows().stream().noneMatch(row -> row.isIn(error))))
        .isEmpty();
  }

  @Test
  void everyMessageHasARow() {
    Set<String> ids =
        WrongInputTable.read().stream()
            .flatMap(section -> section.rows().stream())
            .map(WrongInput::id)
            .collect(Collectors.toSet());

    for (Message message : EnumSet.complementOf(EnumSet.copyOf(OF_OTHER_TESTS))) {
      assertThat(ids).contains(message.id());
    }
  }
}
