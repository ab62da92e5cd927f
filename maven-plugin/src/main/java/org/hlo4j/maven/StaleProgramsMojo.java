package org.hlo4j.maven;

import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import org.apache.maven.artifact.DependencyResolutionRequiredException;
import org.apache.maven.model.Build;
import org.apache.maven.plugin.AbstractMojo;
import org.apache.maven.plugin.MojoExecutionException;
import org.apache.maven.plugins.annotations.Parameter;
import org.apache.maven.project.MavenProject;
import org.jspecify.annotations.Nullable;

/** Recompiles main or test classes if a program has changed. */
abstract class StaleProgramsMojo extends AbstractMojo {
  /** The project. */
  @Parameter(defaultValue = "${project}", readonly = true, required = true)
  private @Nullable MavenProject project;

  private final boolean tests;

  /**
   * Creates a goal.
   *
   * @param tests whether the goal recompiles the project's tests
   */
  StaleProgramsMojo(boolean tests) {
    this.tests = tests;
  }

  @Override
  public final void execute() throws MojoExecutionException {
    MavenProject known = Objects.requireNonNull(project);
    Build build = known.getBuild();
    // Maven has already copied the resources to this folder.
    Path classes = Path.of(tests ? build.getTestOutputDirectory() : build.getOutputDirectory());
    try {
      List<ChecksumFile> stale = new ArrayList<>();
      try (ResourceRoots roots = roots(known, classes)) {
        for (ChecksumFile checksums : ChecksumFile.in(classes)) {
          for (String path : checksums.changed(roots)) {
            getLog()
                .info(
                    "%s has changed since %s was generated: recompiling"
                        .formatted(path, checksums.generatedClass(classes)));
            stale.add(checksums);
          }
        }
      }
      if (!stale.isEmpty()) {
        ClassFiles.outdate(classes);
        for (ChecksumFile checksums : stale) {
          checksums.delete();
        }
      }
    } catch (IOException | DependencyResolutionRequiredException e) {
      throw new MojoExecutionException("The programs in " + classes + " cannot be checked", e);
    }
  }

  private ResourceRoots roots(MavenProject known, Path classes)
      throws DependencyResolutionRequiredException {
    List<String> sources =
        tests ? known.getTestCompileSourceRoots() : known.getCompileSourceRoots();
    List<String> classPath =
        tests ? known.getTestClasspathElements() : known.getCompileClasspathElements();
    List<Path> roots = new ArrayList<>();
    roots.add(classes);
    sources.forEach(root -> roots.add(Path.of(root)));
    classPath.forEach(root -> roots.add(Path.of(root)));
    // The processor searches beside the sources last, for builds that copy no resources.
    sources.forEach(root -> roots.add(Path.of(root).resolveSibling("resources")));
    return new ResourceRoots(roots);
  }
}
