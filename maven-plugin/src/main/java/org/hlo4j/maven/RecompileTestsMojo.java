package org.hlo4j.maven;

import java.nio.file.Path;
import java.util.List;
import org.apache.maven.artifact.DependencyResolutionRequiredException;
import org.apache.maven.plugins.annotations.LifecyclePhase;
import org.apache.maven.plugins.annotations.Mojo;
import org.apache.maven.plugins.annotations.ResolutionScope;
import org.apache.maven.project.MavenProject;

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
  public RecompileTestsMojo() {}

  @Override
  Path classes(MavenProject project) {
    return Path.of(project.getBuild().getTestOutputDirectory());
  }

  @Override
  List<String> sourceRoots(MavenProject project) {
    return project.getTestCompileSourceRoots();
  }

  @Override
  List<String> classPath(MavenProject project) throws DependencyResolutionRequiredException {
    return project.getTestClasspathElements();
  }
}
