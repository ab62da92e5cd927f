package org.hlo4j.maven;

import org.apache.maven.plugins.annotations.LifecyclePhase;
import org.apache.maven.plugins.annotations.Mojo;
import org.apache.maven.plugins.annotations.ResolutionScope;

/**
 * Compiles the tests again if a program that one was compiled with has changed. Maven itself
 * compiles only if a source has.
 */
@Mojo(
    name = "recompile-tests",
    defaultPhase = LifecyclePhase.PROCESS_TEST_RESOURCES,
    requiresDependencyResolution = ResolutionScope.TEST,
    threadSafe = true)
public final class RecompileTestsMojo extends StaleProgramsMojo {
  /** Made by Maven. */
  public RecompileTestsMojo() {
    super(true);
  }
}
