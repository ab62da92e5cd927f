package org.hlo4j.internal.jfr;

import jdk.jfr.Category;
import jdk.jfr.DataAmount;
import jdk.jfr.Description;
import jdk.jfr.Event;
import jdk.jfr.Label;
import jdk.jfr.Name;

/** The launch of a kernel call, without the execution on the device. */
@Name("org.hlo4j.Execute")
@Label("Execute")
@Category("hlo4j")
@Description("Giving a call of a kernel to its device")
public final class ExecuteEvent extends Event {
  @Label("Kernel")
  public String kernel = "";

  @Label("Device")
  public String device = "";

  @Label("Arguments")
  @DataAmount
  public long argumentBytes;

  @Label("Results")
  @DataAmount
  public long resultBytes;
}
