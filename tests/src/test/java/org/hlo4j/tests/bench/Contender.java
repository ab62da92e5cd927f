package org.hlo4j.tests.bench;

/** Who is measured. */
enum Contender {
  HLO4J("hlo4j"),
  C("C"),
  JAX("JAX");

  private final String name;

  Contender(String name) {
    this.name = name;
  }

  @Override
  public String toString() {
    return name;
  }
}
