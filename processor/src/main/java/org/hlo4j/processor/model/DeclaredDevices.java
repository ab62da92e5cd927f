package org.hlo4j.processor.model;

import java.util.OptionalInt;

/** The numbers of devices that a kernel's annotation, or else its program's file, declares. */
public record DeclaredDevices(OptionalInt replicas, OptionalInt partitions) {
  /** Returns these numbers, completed by those of another declaration. */
  DeclaredDevices orElse(DeclaredDevices other) {
    return new DeclaredDevices(
        replicas.isPresent() ? replicas : other.replicas,
        partitions.isPresent() ? partitions : other.partitions);
  }
}
