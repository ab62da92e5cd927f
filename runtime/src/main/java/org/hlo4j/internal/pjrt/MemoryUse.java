package org.hlo4j.internal.pjrt;

/**
 * The memory use of a call on its device, in bytes, according to the compiler.
 *
 * @param aliased the part of the outputs that reuses memory of donated arguments
 * @param generatedCode the size of the compiled code
 * @param peak the peak use; 0 if the plugin does not report it
 */
public record MemoryUse(
    long arguments, long outputs, long aliased, long temporary, long generatedCode, long peak) {
  public long allocated() {
    return Math.max(0, outputs - aliased) + temporary;
  }
}
