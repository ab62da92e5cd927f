package org.hlo4j.internal.buffer;

import java.lang.StackWalker.StackFrame;
import org.hlo4j.internal.setting.Setting;
import org.jspecify.annotations.Nullable;

/**
 * An operation, and the line of the user's code that asked for it. Messages about a failure that
 * shows later, or elsewhere, name both.
 *
 * <p>Finding the line takes half a microsecond and some garbage, which short calls in a tight loop
 * would feel: of those, only calls that give a buffer away have their line noted, unless {@code
 * -Dhlo4j.callSites=all} asks for it.
 */
public final class CallSite {
  private static final StackWalker WALKER = StackWalker.getInstance();
  private static final String LIBRARY = "org.hlo4j";
  private static final boolean ALL_NOTED = Setting.CALL_SITES.isSpecial();

  /** Calls that come thicker than this have no line. */
  private static final long THICK_NANOS = 50_000;

  private final String operation;
  private final @Nullable StackFrame caller;
  private final boolean noted;

  private CallSite(String operation, @Nullable StackFrame caller, boolean noted) {
    this.operation = operation;
    this.caller = caller;
    this.noted = noted;
  }

  /** An operation whose line is not noted. */
  public static CallSite unknown(String operation) {
    return new CallSite(operation, null, false);
  }

  /** Whether a call that comes so long after the one before it has its line noted. */
  public static boolean isNoted(long nanosSinceLast) {
    return nanosSinceLast > THICK_NANOS || ALL_NOTED;
  }

  /**
   * What is being called right now.
   *
   * @param stubs the class whose nested classes stand between the user and the library, if any
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

  /** The line, as stack traces show it, or null if it is not known. */
  public @Nullable String line() {
    return caller == null ? null : caller.toStackTraceElement().toString();
  }

  @Override
  public String toString() {
    if (!noted) {
      return operation
          + ", called in a tight loop (%s notes each call's line)"
              .formatted(Setting.CALL_SITES.specialOption());
    }
    return caller == null ? operation : operation + ", called at " + caller.toStackTraceElement();
  }
}
