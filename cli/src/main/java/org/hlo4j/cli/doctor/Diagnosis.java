package org.hlo4j.cli.doctor;

/**
 * The result of one check of a machine.
 *
 * @param what what was checked, such as {@code Maven}
 * @param found what was found
 * @param remedy what to do; empty if nothing needs to be done
 */
public record Diagnosis(String what, Status status, String found, String remedy) {
  /** The result of a check. */
  public enum Status {
    /** Builds and programs work. */
    OK,
    /** Some uses fail without the remedy. */
    WARNING,
    /** Builds or programs fail without the remedy. */
    FAILED;

    @Override
    public String toString() {
      return this == OK ? "ok" : this == WARNING ? "warning" : "failed";
    }
  }

  static Diagnosis ok(String what, String found) {
    return new Diagnosis(what, Status.OK, found, "");
  }

  static Diagnosis warning(String what, String found, String remedy) {
    return new Diagnosis(what, Status.WARNING, found, remedy);
  }

  static Diagnosis failed(String what, String found, String remedy) {
    return new Diagnosis(what, Status.FAILED, found, remedy);
  }
}
