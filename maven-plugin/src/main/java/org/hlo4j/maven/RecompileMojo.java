package org.hlo4j.maven;

import java.nio.file.Path;
import java.util.List;
import org.apache.maven.artifact.DependencyResolutionRequiredException;
import org.apache.maven.plugins.annotations.LifecyclePhase;
import org.apache.maven.plugins.annotations.Mojo;
import org.apache.maven.plugins.annotations.ResolutionScope;
import org.apache.maven.project.MavenProject;

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
  public RecompileMojo() {}

  @Override
  Path classes(MavenProject project) {
    return Path.of(project.getBuild().getOutputDirectory());
  }

  @Override
  List<String> sourceRoots(MavenProject project) {
    return project.getCompileSourceRoots();
  }

  @Override
  List<String> classPath(MavenProject project) throws DependencyResolutionRequiredException {
    return project.getCompileClasspathElements();
  }
}
