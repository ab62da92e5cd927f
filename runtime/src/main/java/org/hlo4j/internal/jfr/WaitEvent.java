package org.hlo4j.internal.jfr;

import jdk.jfr.Category;
import jdk.jfr.Description;
import jdk.jfr.Event;
import jdk.jfr.Label;
import jdk.jfr.Name;

/** A thread's wait for a value. */
@Name("org.hlo4j.Wait")
@Label("Wait")
@Category("hlo4j")
@Description("A thread that waited for a promise to be kept")
public final class WaitEvent extends Event {
  @Label("For")
  public String subject = "";
}
