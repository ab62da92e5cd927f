package org.hlo4j.processor;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.util.List;
import javax.lang.model.element.TypeElement;
import org.hlo4j.processor.message.Message;
import org.hlo4j.processor.message.Place;
import org.hlo4j.processor.message.Report;
import org.hlo4j.processor.write.Sources;

/**
 * Compares an interface's plan with the committed copy.
 *
 * @param folder the copies, in the folders of their packages
 */
record PlanCheck(Path folder) {
  private static final String NOTHING = "(nothing)";

  /** Reports a plan that differs from its copy, or has none. */
  void check(TypeElement type, Sources sources, Report report) {
    Sources.Resource now = sources.planText();
    Path copy = folder.resolve(sources.packageName().replace('.', '/')).resolve(now.name());
    try {
      compare(type, Files.readAllLines(copy), now, copy, report);
    } catch (NoSuchFileException e) {
      report.add(
          Message.NO_COMMITTED_PLAN.at(Place.of(type), type.getSimpleName(), copy, now.name()));
    } catch (IOException e) {
      report.add(
          Message.BAD_OPTION.at(Place.ofBuild(), "%s cannot be read: %s".formatted(copy, e)));
    }
  }

  private static void compare(
      TypeElement type, List<String> committed, Sources.Resource now, Path copy, Report report) {
    List<String> lines = now.text().lines().toList();
    for (int i = 0; i < Math.max(lines.size(), committed.size()); i++) {
      String was = i < committed.size() ? committed.get(i) : NOTHING;
      String is = i < lines.size() ? lines.get(i) : NOTHING;
      if (!was.equals(is)) {
        Object[] lineByLine = {
          type.getSimpleName(), copy, i + 1, was.strip(), is.strip(), now.name()
        };
        report.add(Message.PLAN_DIFFERS.at(Place.of(type), lineByLine));
        return;
      }
    }
  }
}
