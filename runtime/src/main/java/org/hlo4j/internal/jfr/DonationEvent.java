package org.hlo4j.internal.jfr;

import jdk.jfr.Category;
import jdk.jfr.DataAmount;
import jdk.jfr.Description;
import jdk.jfr.Event;
import jdk.jfr.Label;
import jdk.jfr.Name;

/** The donation of a buffer to a call. */
@Name("org.hlo4j.Donation")
@Label("Donation")
@Category("hlo4j")
@Description("A donated argument, and whether its memory was taken or copied")
public final class DonationEvent extends Event {
  @Label("Kernel")
  public String kernel = "";

  @Label("Argument")
  public String argument = "";

  @Label("Device")
  public String device = "";

  @Label("Size")
  @DataAmount
  public long bytes;

  @Label("Taken")
  @Description("False where the buffer was kept, so that XLA has copied it")
  public boolean taken;
}
