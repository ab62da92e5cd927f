package org.hlo4j.processor.donation;

import com.google.auto.service.AutoService;
import com.sun.source.util.JavacTask;
import com.sun.source.util.Plugin;

/**
 * Has javac say so where a method body uses a tensor after it was donated. It starts by itself
 * wherever the processor is; {@code @SuppressWarnings("hlo4j")} keeps it quiet about what is meant.
 */
@AutoService(Plugin.class)
public final class DonationPlugin implements Plugin {
  @Override
  public String getName() {
    return "hlo4j";
  }

  @Override
  public boolean autoStart() {
    return true;
  }

  @Override
  public void init(JavacTask task, String... arguments) {
    task.addTaskListener(new DonationListener(task));
  }
}
