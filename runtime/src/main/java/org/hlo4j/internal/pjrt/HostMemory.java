package org.hlo4j.internal.pjrt;

import org.hlo4j.internal.pjrt.abi.PJRT_HostBufferSemantics;

/** How PJRT may use the host memory of a transfer, and for how long. */
public enum HostMemory {
  /** Read it during the call. */
  COPIED_DURING_CALL(PJRT_HostBufferSemantics.kImmutableOnlyDuringCall),
  /** Read it until the transfer is complete. */
  READ_UNTIL_TRANSFERRED(PJRT_HostBufferSemantics.kImmutableUntilTransferCompletes),
  /** Use it as the device's memory, read-only, until the last buffer over it is gone. */
  SHARED(PJRT_HostBufferSemantics.kImmutableZeroCopy),
  /** Use it as the device's memory, read and write, until the last buffer over it is gone. */
  TAKEN_OVER(PJRT_HostBufferSemantics.kMutableZeroCopy);

  private final int constant;

  HostMemory(int constant) {
    this.constant = constant;
  }

  int constant() {
    return constant;
  }
}
