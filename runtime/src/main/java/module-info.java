/** Clients, devices, tensors and promises on top of PJRT plugins. */
module org.hlo4j.runtime {
  requires java.management;
  requires jdk.jfr;
  requires transitive org.hlo4j.annotations;
  requires static transitive org.jspecify;

  exports org.hlo4j;
  exports org.hlo4j.error;
  exports org.hlo4j.plugin;
  exports org.hlo4j.generated;
  exports org.hlo4j.type;
  exports org.hlo4j.internal.cache to
      org.hlo4j.processor;
  exports org.hlo4j.internal.jax to
      org.hlo4j.processor;
  exports org.hlo4j.internal.mlir.analysis to
      org.hlo4j.processor;
  exports org.hlo4j.internal.mlir.model to
      org.hlo4j.processor;
  exports org.hlo4j.internal.mlir.rewrite to
      org.hlo4j.processor;
  exports org.hlo4j.internal.mlir.syntax to
      org.hlo4j.processor;
  exports org.hlo4j.internal.mlir.text to
      org.hlo4j.processor;
  exports org.hlo4j.internal.process to
      org.hlo4j.processor;
  exports org.hlo4j.internal.text to
      org.hlo4j.data,
      org.hlo4j.processor;
}
