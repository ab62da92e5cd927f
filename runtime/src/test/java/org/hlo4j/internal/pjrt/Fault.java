package org.hlo4j.internal.pjrt;

import java.util.Locale;
import org.hlo4j.error.StatusCode;
import org.hlo4j.internal.pjrt.abi.PjrtFunction;

/**
 * What goes wrong: the n-th call of a function fails.
 *
 * @param call which call, counted from 1; 0 for each
 * @param inEvent whether the call succeeds and the operation that it began fails later, as its
 *     event tells
 */
public record Fault(PjrtFunction function, int call, StatusCode code, boolean inEvent) {
  boolean hits(PjrtFunction called, int number) {
    return called == function && (call == 0 || call == number);
  }

  /** What the error says. */
  String message() {
    return String.format(Locale.ROOT, "injected into call %d of %s", call, function);
  }
}
