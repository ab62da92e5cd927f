package org.hlo4j.internal.buffer;

import java.lang.StackWalker.StackFrame;
import org.hlo4j.internal.setting.Setting;
import org.jspecify.annotations.Nullable;

/**
 * An operation, and the line of user code that called it. Messages about failures that surface
 * later or elsewhere name both.
 *
 * <p>Finding the line takes half a microsecond and allocates, which would slow down short calls in
 * a tight loop. In such loops only donating calls record their line, unless {@code
 * -Dhlo4j.callSites=all} is set.
 */
public final class CallSite {
  private static final StackWalker WALKER = StackWalker.getInstance();
  private static final String LIBRARY = "org.hlo4j";
  private static final boolean ALL_NOTED = Setting.CALL_SITES.isSpecial();

  /** Calls in quicker succession record no line. */
  private static final long THICK_NANOS = 50_000;

  private final String operation;
  private final @Nullable StackFrame caller;
  private final boolean noted;

  private CallSite(String operation, @Nullable StackFrame caller, boolean noted) {
    this.operation = operation;
    this.caller = caller;
    this.noted = noted;
  }

  /** Returns an operation without a line. */
  public static CallSite unknown(String operation) {
    return new CallSite(operation, null, false);
  }

  /** Returns whether a call records its line, given the time since the previous call. */
  public static boolean isNoted(long nanosSinceLast) {
    return nanosSinceLast > THICK_NANOS || ALL_NOTED;
  }

  /**
   * Returns the operation that is being called.
   *
   * @param stubs the class whose nested classes are between user and library code, if any
   */
  public static CallSite here(String operation, @Nullable String stubs) {
    return new CallSite(
        operation,
        WALKER.walk(
            frames ->
                frames
                    .filter(
                        frame ->
                            !isLibrary(frame)
                                && (stubs == null || !frame.getClassName().startsWith(stubs)))
                    .findFirst()
                    .orElse(null)),
        true);
  }

  private static boolean isLibrary(StackFrame frame) {
    String name = frame.getClassName();
    return name.startsWith(LIBRARY)
        && (name.indexOf('.', LIBRARY.length() + 1) < 0
            || name.startsWith(LIBRARY + ".generated.")
            || name.startsWith(LIBRARY + ".internal."));
  }

  /** Returns the line as in a stack trace, or null if it is unknown. */
  public @Nullable String line() {
    return caller == null ? null : caller.toStackTraceElement().toString();
  }

  @Override
  public String toString() {
    if (!noted) {
      return operation
          + ", called in a tight loop (%s records each call's line)"
              .formatted(Setting.CALL_SITES.specialOption());
    }
    return caller == null ? operation : operation + ", called at " + caller.toStackTraceElement();
  }
}
