package org.hlo4j.processor.verify;

import java.time.Duration;
import java.util.List;
import java.util.concurrent.atomic.AtomicInteger;

/**
 * Another command, and how often it was asked for: once a child. It limits only what never ends, so
 * that no verdict depends on how fast the machine is.
 */
final class CountedCommand implements ChildCommand {
  private static final Duration LONG = Duration.ofDays(1);

  private final ChildCommand command;
  private final Duration startLimit;
  private final AtomicInteger children = new AtomicInteger();

  /** A command whose children start some time. */
  CountedCommand(ChildCommand command) {
    this(command, LONG);
  }

  CountedCommand(ChildCommand command, Duration startLimit) {
    this.command = command;
    this.startLimit = startLimit;
  }

  @Override
  public List<String> words() {
    children.incrementAndGet();
    return command.words();
  }

  @Override
  public Duration limit(Request request, Duration usual) {
    return request.text().startsWith(ScriptedChild.HANGS) ? usual : LONG;
  }

  @Override
  public Duration startLimit() {
    return startLimit;
  }

  int children() {
    return children.get();
  }
}
