package org.hlo4j.internal.jfr;

import jdk.jfr.Category;
import jdk.jfr.DataAmount;
import jdk.jfr.Description;
import jdk.jfr.Event;
import jdk.jfr.Label;
import jdk.jfr.Name;

/** The compilation or loading of a program. */
@Name("org.hlo4j.Compile")
@Label("Compile")
@Category("hlo4j")
@Description("Compiling a program, or loading it from a cache")
public final class CompileEvent extends Event {
  @Label("Kernel")
  public String kernel = "";

  @Label("Device")
  public String device = "";

  @Label("Program")
  @DataAmount
  public long bytes;

  @Label("Loaded")
  @Description("Whether it was compiled before, in another process")
  public boolean loaded;
}
