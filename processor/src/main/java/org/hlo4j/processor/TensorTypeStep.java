package org.hlo4j.processor;

import com.google.auto.common.MoreElements;
import com.google.auto.common.SuperficialValidation;
import java.util.List;
import java.util.Set;
import javax.annotation.processing.ProcessingEnvironment;
import javax.lang.model.element.Element;
import javax.lang.model.element.TypeElement;
import org.hlo4j.annotation.TensorType;
import org.hlo4j.processor.message.Report;
import org.hlo4j.processor.model.TensorTypes;

/** Checks the types with {@code @TensorType}. */
record TensorTypeStep(ProcessingEnvironment environment) implements ProcessingStep {
  @Override
  public Set<String> annotations() {
    return Set.of(TensorType.class.getCanonicalName());
  }

  @Override
  public boolean isReady(TypeElement type) {
    return SuperficialValidation.validateElement(type);
  }

  @Override
  public void process(List<Element> elements) {
    TensorTypes types = new TensorTypes(environment.getElementUtils(), environment.getTypeUtils());
    Report report = new Report();
    elements.forEach(element -> types.check(MoreElements.asType(element), report));
    new ProblemPrinter(environment.getMessager()).print(report);
  }
}
