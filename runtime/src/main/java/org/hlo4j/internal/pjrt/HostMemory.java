package org.hlo4j.internal.pjrt;

import org.hlo4j.internal.pjrt.abi.PJRT_HostBufferSemantics;

/** What PJRT may do with host memory that is given to a transfer, and for how long. */
public enum HostMemory {
  /** Read it during the call. */
  COPIED_DURING_CALL(PJRT_HostBufferSemantics.kImmutableOnlyDuringCall),
  /** Read it until the transfer is complete. */
  READ_UNTIL_TRANSFERRED(PJRT_HostBufferSemantics.kImmutableUntilTransferCompletes),
  /** Use it as the device's own, but never write it, until the last buffer over it is gone. */
  SHARED(PJRT_HostBufferSemantics.kImmutableZeroCopy),
  /** Take it as the device's own, to read and to write, until the last buffer over it is gone. */
  TAKEN_OVER(PJRT_HostBufferSemantics.kMutableZeroCopy);

  private final int constant;

  HostMemory(int constant) {
    this.constant = constant;
  }

  int constant() {
    return constant;
  }
}
