package org.hlo4j.internal.mlir.model;

/** The visibility of a function. */
public enum Visibility {
  /** Anyone, also from outside of the program. */
  PUBLIC,
  /** Its module. */
  PRIVATE,
  /** Its module and those around that. */
  NESTED
}
