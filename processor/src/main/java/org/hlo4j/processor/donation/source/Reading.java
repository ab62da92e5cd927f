package org.hlo4j.processor.donation.source;

/** What a call does with the value that it is made on. */
public enum Reading {
  /** It does not touch the memory, and answers something else. */
  NOTHING(false),
  /** It does not touch the memory, and answers the same value. */
  SAME(false),
  /** It does not touch the memory, and answers a part of the value. */
  PART(false),
  /** It waits for the value, and answers it. */
  AWAITED(true),
  /** It uses the value, and answers something else. */
  USE(true);

  private final boolean use;

  Reading(boolean use) {
    this.use = use;
  }

  public boolean isUse() {
    return use;
  }
}
