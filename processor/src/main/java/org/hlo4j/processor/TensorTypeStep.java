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
final class TensorTypeStep implements ProcessingStep {
  private final TensorTypes tensorTypes;
  private final ProblemPrinter printer;

  TensorTypeStep(ProcessingEnvironment environment) {
    this.tensorTypes = new TensorTypes(environment.getElementUtils(), environment.getTypeUtils());
    this.printer = new ProblemPrinter(environment.getMessager());
  }

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
    for (Element element : elements) {
      Report report = new Report();
      tensorTypes.check(MoreElements.asType(element), report);
      printer.print(report);
    }
  }
}
