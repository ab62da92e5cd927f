package org.hlo4j.internal.pjrt;

/**
 * The memory of a call on its device, in bytes, as the compiler knows it.
 *
 * @param aliased the part of the outputs that is memory of donated arguments
 * @param generatedCode the part that is the program itself
 * @param peak the most at any time; 0 if the plugin does not say
 */
public record MemoryUse(
    long arguments, long outputs, long aliased, long temporary, long generatedCode, long peak) {
  public long allocated() {
    return Math.max(0, outputs - aliased) + temporary;
  }
}
