package org.hlo4j.processor.donation;

import com.google.auto.service.AutoService;
import com.sun.source.util.JavacTask;
import com.sun.source.util.Plugin;

/**
 * A javac plugin that reports uses of tensors after their donation in method bodies. It starts
 * automatically with the processor; {@code @SuppressWarnings("hlo4j")} suppresses its reports.
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
