package org.hlo4j.maven;

import org.apache.maven.plugins.annotations.LifecyclePhase;
import org.apache.maven.plugins.annotations.Mojo;
import org.apache.maven.plugins.annotations.ResolutionScope;

/**
 * Recompiles the tests if a program of one of them has changed. Maven itself recompiles only if a
 * source has changed.
 */
@Mojo(
    name = "recompile-tests",
    defaultPhase = LifecyclePhase.PROCESS_TEST_RESOURCES,
    requiresDependencyResolution = ResolutionScope.TEST,
    threadSafe = true)
public final class RecompileTestsMojo extends StaleProgramsMojo {
  /** Creates the goal; called by Maven. */
  public RecompileTestsMojo() {
    super(true);
  }
}
