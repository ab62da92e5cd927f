package org.hlo4j.tests.verify;

import java.time.Duration;
import java.util.List;
import java.util.concurrent.atomic.AtomicInteger;
import org.hlo4j.processor.verify.ChildCommand;

/** Another command, and how often it was asked for: once a child. */
final class CountedCommand implements ChildCommand {
  private final ChildCommand command;
  private final Duration startLimit;
  private final AtomicInteger children = new AtomicInteger();

  CountedCommand(ChildCommand command) {
    this(command, command.startLimit());
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
  public Duration startLimit() {
    return startLimit;
  }

  int children() {
    return children.get();
  }
}
