package org.hlo4j.maven;

import org.apache.maven.plugins.annotations.LifecyclePhase;
import org.apache.maven.plugins.annotations.Mojo;
import org.apache.maven.plugins.annotations.ResolutionScope;

/**
 * Compiles the sources again if a program that one was compiled with has changed. Maven itself
 * compiles only if a source has.
 */
@Mojo(
    name = "recompile",
    defaultPhase = LifecyclePhase.PROCESS_RESOURCES,
    requiresDependencyResolution = ResolutionScope.COMPILE,
    threadSafe = true)
public final class RecompileMojo extends StaleProgramsMojo {
  /** Made by Maven. */
  public RecompileMojo() {
    super(false);
  }
}
