module com.acme {
  requires transitive org.hlo4j.runtime;
  exports com.acme;
}
