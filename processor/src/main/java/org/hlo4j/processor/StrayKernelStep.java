package org.hlo4j.processor;

import com.google.auto.common.MoreElements;
import java.util.List;
import java.util.Set;
import javax.annotation.processing.ProcessingEnvironment;
import javax.lang.model.element.Element;
import javax.lang.model.element.Modifier;
import org.hlo4j.annotation.Kernel;
import org.hlo4j.annotation.Kernels;
import org.hlo4j.annotation.Pipeline;
import org.hlo4j.processor.message.Message;
import org.hlo4j.processor.message.Place;
import org.hlo4j.processor.message.Report;

/** Reports {@code @Kernel} and {@code @Pipeline} outside of kernel interfaces' abstract methods. */
record StrayKernelStep(ProcessingEnvironment environment) implements ProcessingStep {
  @Override
  public Set<String> annotations() {
    return Set.of(Kernel.class.getCanonicalName(), Pipeline.class.getCanonicalName());
  }

  @Override
  public void process(List<Element> elements) {
    Report report = new Report();
    for (Element element : elements) {
      if (!element.getModifiers().contains(Modifier.ABSTRACT)
          || !MoreElements.isAnnotationPresent(element.getEnclosingElement(), Kernels.class)) {
        report.add(Message.NOT_IN_KERNELS.at(Place.of(element), annotationOn(element)));
      }
    }
    new ProblemPrinter(environment.getMessager()).print(report);
  }

  private static String annotationOn(Element element) {
    return MoreElements.isAnnotationPresent(element, Pipeline.class)
        ? Pipeline.class.getSimpleName()
        : Kernel.class.getSimpleName();
  }
}
