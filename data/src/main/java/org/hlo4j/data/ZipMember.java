package org.hlo4j.data;

import java.lang.foreign.MemorySegment;

/**
 * A member of a ZIP archive.
 *
 * @param stored its bytes as they are in the archive
 * @param size how many they are when they are inflated
 */
record ZipMember(String name, boolean deflated, MemorySegment stored, long size, long crc) {}
