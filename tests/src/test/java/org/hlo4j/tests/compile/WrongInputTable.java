package org.hlo4j.tests.compile;

import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.hlo4j.processor.fixture.Source;

/** Reads the table of wrong inputs, whose head says how it is written. */
final class WrongInputTable {
  static final String RESOURCE = "/org/hlo4j/tests/compile/wrong-inputs.txt";

  private static final String COMMENT = "#";
  private static final String SECTION = "== ";
  private static final String TEMPLATE = ": ";
  private static final String HOLE = "@@";
  private static final Pattern COLUMN = Pattern.compile(" \\| ");
  private static final String LINE_END = "\u00b6";

  private static final Pattern ABBREVIATION = Pattern.compile("\\$([A-Z]+)\\b");
  private static final Map<String, String> ABBREVIATIONS =
      Map.of(
          "V", "tensor<4xf32>",
          "M", "tensor<2x3xf32>",
          "T", "tensor<3x2xf32>",
          "I", "tensor<4xi32>",
          "S", "tensor<f32>",
          "IDENTITY", Source.IDENTITY);

  private final List<Section> sections = new ArrayList<>();
  private int row;

  private WrongInputTable() {}

  /** How the sources of a section are compiled. */
  enum Way {
    /** Each by itself: javac reads no further than an error in its syntax. */
    ALONE,
    /** All at once. */
    TOGETHER,
    /** All at once, and XLA verifies the programs. */
    VERIFIED
  }

  /** Rows of one kind. */
  static final class Section {
    private final Way way;
    private final String title;
    private final StringBuilder template = new StringBuilder();
    private final List<WrongInput> rows = new ArrayList<>();

    private Section(Way way, String title) {
      this.way = way;
      this.title = title;
    }

    Way way() {
      return way;
    }

    String title() {
      return title;
    }

    List<WrongInput> rows() {
      return List.copyOf(rows);
    }

    @Override
    public String toString() {
      return title;
    }
  }

  /** The sections of the table. */
  static List<Section> read() {
    WrongInputTable table = new WrongInputTable();
    text().lines().forEach(table::take);
    return List.copyOf(table.sections);
  }

  private static String text() {
    try (InputStream in = WrongInputTable.class.getResourceAsStream(RESOURCE)) {
      if (in == null) {
        throw new IllegalStateException("There is no " + RESOURCE);
      }
      return new String(in.readAllBytes(), StandardCharsets.UTF_8);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  private void take(String line) {
    row++;
    if (line.startsWith(SECTION)) {
      String[] head = COLUMN.split(line.substring(SECTION.length()), 2);
      sections.add(new Section(Way.valueOf(head[0]), head[1]));
    } else if (line.startsWith(TEMPLATE)) {
      sections.getLast().template.append(line.substring(TEMPLATE.length())).append('\n');
    } else if (!line.isEmpty() && !line.startsWith(COMMENT)) {
      Section section = sections.getLast();
      String[] columns = COLUMN.split(line, 3);
      String source = section.template.toString().replace(HOLE, columns[2]);
      section.rows.add(new WrongInput(row, columns[0], expand(columns[1]), expand(source)));
    }
  }

  private static String expand(String text) {
    return ABBREVIATION
        .matcher(text.replace(LINE_END, "\n"))
        .replaceAll(
            found ->
                Matcher.quoteReplacement(
                    ABBREVIATIONS.getOrDefault(found.group(1), found.group())));
  }
}
