/** The annotation processor of hlo4j. */
module org.hlo4j.processor {
  requires java.compiler;
  requires org.hlo4j.annotations;
  requires org.hlo4j.runtime;
  requires com.palantir.javapoet;
  requires auto.common;
  requires com.google.common;
  requires static com.google.auto.service;
  requires static jdk.compiler;
  requires static org.jspecify;

  provides com.sun.source.util.Plugin with
      org.hlo4j.processor.donation.DonationPlugin;
  provides javax.annotation.processing.Processor with
      org.hlo4j.processor.KernelProcessor;
}
