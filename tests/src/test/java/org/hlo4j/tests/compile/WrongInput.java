package org.hlo4j.tests.compile;

import com.google.testing.compile.JavaFileObjects;
import java.util.Locale;
import javax.tools.Diagnostic;
import javax.tools.JavaFileObject;

/**
 * A row of the table of wrong inputs: a source in a package of its own, and the error that it gets.
 *
 * @param row its line in the table
 * @param id of the message, or {@code javac} for one of javac's own
 * @param text a part of the message
 * @param source what follows the imports, with a mark where the error belongs
 */
record WrongInput(int row, String id, String text, String source) {
  private static final String JAVAC = "javac";

  /** Stands on the line where the error belongs. */
  private static final String MARK = "\u00bb";

  private static final String PACKAGE = "$P";

  private static final String HEAD =
      """
      package $P;
      import org.hlo4j.*;
      import org.hlo4j.annotation.*;
      import org.hlo4j.type.*;
      import test.*;
      """;

  private String packageName() {
    return "row" + row;
  }

  private String marked() {
    return HEAD.replace(PACKAGE, packageName()) + source;
  }

  /** The source, as the file of a type {@code Dense}. */
  JavaFileObject file() {
    return JavaFileObjects.forSourceString(packageName() + ".Dense", marked().replace(MARK, ""));
  }

  /** Whether an error is in this row's file. */
  boolean isIn(Diagnostic<? extends JavaFileObject> error) {
    JavaFileObject file = error.getSource();
    return file != null && file.getName().matches("(.*/)?" + packageName() + "/Dense.java");
  }

  /** Whether the error is to be one of the processor's. */
  boolean isOurs() {
    return !id.equals(JAVAC);
  }

  /** Whether an error in this row's file is the expected one, on the expected line. */
  boolean isExpected(Diagnostic<? extends JavaFileObject> error) {
    String message = withoutGaps(error.getMessage(Locale.ROOT));
    return error.getLineNumber() == line()
        && message.startsWith(isOurs() ? "[" + id + "] " : "")
        && message.contains(withoutGaps(text.replace(PACKAGE, packageName())));
  }

  /** The line of the file, counted from 1, on which the error belongs. */
  long line() {
    String[] parts = marked().split(MARK, -1);
    if (parts.length != 2) {
      throw new IllegalStateException(
          String.format(Locale.ROOT, "Row %d needs one mark: %s", row, source));
    }
    return 1 + parts[0].chars().filter(c -> c == '\n').count();
  }

  private static String withoutGaps(String text) {
    return text.replaceAll("\\s+", " ");
  }

  @Override
  public String toString() {
    return "%s, %s: %s".formatted(row, id, text);
  }
}
