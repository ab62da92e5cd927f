package org.hlo4j;

import java.lang.StackWalker.StackFrame;
import org.jspecify.annotations.Nullable;

/**
 * An operation, and the line of the user's code that asked for it. Messages about a failure that
 * shows later, or elsewhere, name both.
 */
final class CallSite {
  private static final StackWalker WALKER = StackWalker.getInstance();
  private static final String LIBRARY = CallSite.class.getPackageName();

  private final String operation;
  private final @Nullable StackFrame caller;

  private CallSite(String operation, @Nullable StackFrame caller) {
    this.operation = operation;
    this.caller = caller;
  }

  /**
   * What is being called right now.
   *
   * @param stubs the class whose nested classes stand between the user and the library, if any
   */
  static CallSite here(String operation, @Nullable String stubs) {
    return new CallSite(
        operation,
        WALKER.walk(
            frames ->
                frames
                    .filter(frame -> !isLibrary(frame) && !isStub(frame, stubs))
                    .findFirst()
                    .orElse(null)));
  }

  private static boolean isLibrary(StackFrame frame) {
    String name = frame.getClassName();
    return name.startsWith(LIBRARY)
        && (name.indexOf('.', LIBRARY.length() + 1) < 0 || name.startsWith(LIBRARY + ".stub."));
  }

  private static boolean isStub(StackFrame frame, @Nullable String stubs) {
    return stubs != null && frame.getClassName().startsWith(stubs);
  }

  @Override
  public String toString() {
    return caller == null ? operation : operation + ", called at " + caller.toStackTraceElement();
  }
}
