/** Annotations for interfaces of StableHLO kernels. */
module org.hlo4j.annotations {
  requires static transitive org.jspecify;

  exports org.hlo4j.annotation;
}
