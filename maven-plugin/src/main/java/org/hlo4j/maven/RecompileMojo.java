package org.hlo4j.maven;

import org.apache.maven.plugins.annotations.LifecyclePhase;
import org.apache.maven.plugins.annotations.Mojo;
import org.apache.maven.plugins.annotations.ResolutionScope;

/**
 * Recompiles the sources if a program of one of them has changed. Maven itself recompiles only if a
 * source has changed.
 */
@Mojo(
    name = "recompile",
    defaultPhase = LifecyclePhase.PROCESS_RESOURCES,
    requiresDependencyResolution = ResolutionScope.COMPILE,
    threadSafe = true)
public final class RecompileMojo extends StaleProgramsMojo {
  /** Creates the goal; called by Maven. */
  public RecompileMojo() {
    super(false);
  }
}
