package org.hlo4j.processor.pipeline.check;

import java.util.List;
import org.hlo4j.processor.pipeline.syntax.Statement;

/** Checks the statements of a body, in order. */
interface StatementCheck {
  /**
   * Checks statements. Reports a statement that breaks a rule, and continues with the next one.
   *
   * @throws Rejection if the rest is not to be checked
   */
  void statements(List<Statement> statements) throws Rejection;
}
