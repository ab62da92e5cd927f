package org.hlo4j.processor.model;

import java.util.OptionalInt;

/** The numbers of devices that a kernel's annotation declares, or else the file of its program. */
public record DeclaredDevices(OptionalInt replicas, OptionalInt partitions) {
  /** Returns these numbers, completed by those of another declaration. */
  DeclaredDevices orElse(DeclaredDevices other) {
    return new DeclaredDevices(
        replicas.isPresent() ? replicas : other.replicas,
        partitions.isPresent() ? partitions : other.partitions);
  }
}
