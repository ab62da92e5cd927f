package org.hlo4j.internal.jfr;

import jdk.jfr.Category;
import jdk.jfr.DataAmount;
import jdk.jfr.Description;
import jdk.jfr.Event;
import jdk.jfr.Label;
import jdk.jfr.Name;

/** A transfer to or from a device. */
@Name("org.hlo4j.Transfer")
@Label("Transfer")
@Category("hlo4j")
@Description("The caller's part of a transfer between host and device")
public final class TransferEvent extends Event {
  @Label("Device")
  public String device = "";

  @Label("To the device")
  public boolean toDevice;

  @Label("Size")
  @DataAmount
  public long bytes;
}
