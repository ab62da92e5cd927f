package org.hlo4j.internal.sharding;

import java.lang.foreign.MemorySegment;
import org.hlo4j.type.Shape;

/** Copies a tile from or to a tensor; both are dense and row-major. */
public final class TileCopy {
  private final MemorySegment whole;
  private final MemorySegment tile;
  private final boolean intoWhole;
  private final long[] strides;
  private final long[] tileDimensions;
  private final int runDimension;
  private final long runBytes;
  private long tileOffset;

  private TileCopy(
      Shape shape, MemorySegment whole, Shape tileShape, MemorySegment tile, boolean intoWhole) {
    this.whole = whole;
    this.tile = tile;
    this.intoWhole = intoWhole;
    this.strides = strides(shape);
    this.tileDimensions = tileShape.dimensions();
    int inner = shape.rank();
    long bytes = shape.elementType().hostBytes();
    while (inner > 0 && tileDimensions[inner - 1] == shape.dimension(inner - 1)) {
      inner--;
      bytes *= tileDimensions[inner];
    }
    // Each tile is contiguous within the innermost split dimension.
    this.runDimension = Math.max(0, inner - 1);
    this.runBytes = inner > 0 ? bytes * tileDimensions[inner - 1] : bytes;
  }

  private static long[] strides(Shape shape) {
    long[] strides = new long[shape.rank()];
    long stride = shape.elementType().hostBytes();
    for (int i = strides.length - 1; i >= 0; i--) {
      strides[i] = stride;
      stride *= shape.dimension(i);
    }
    return strides;
  }

  /** Copies a device's tile from a tensor. */
  public static void read(
      Tiling tiling, int device, Shape shape, MemorySegment whole, MemorySegment tile) {
    copy(tiling, device, shape, whole, tile, false);
  }

  /** Copies a device's tile to a tensor. */
  public static void write(
      Tiling tiling, int device, Shape shape, MemorySegment whole, MemorySegment tile) {
    copy(tiling, device, shape, whole, tile, true);
  }

  private static void copy(
      Tiling tiling,
      int device,
      Shape shape,
      MemorySegment whole,
      MemorySegment tile,
      boolean intoWhole) {
    Shape tileShape = tiling.tileShape(shape);
    if (tileShape.elementCount() == 0) {
      return;
    }
    TileCopy copy = new TileCopy(shape, whole, tileShape, tile, intoWhole);
    long offset = 0;
    long[] start = tiling.start(shape, device);
    for (int i = 0; i < start.length; i++) {
      offset += start[i] * copy.strides[i];
    }
    copy.run(0, offset);
  }

  private void run(int dimension, long offset) {
    if (dimension == runDimension) {
      MemorySegment inWhole = whole.asSlice(offset, runBytes);
      MemorySegment inTile = tile.asSlice(tileOffset, runBytes);
      MemorySegment unused = intoWhole ? inWhole.copyFrom(inTile) : inTile.copyFrom(inWhole);
      tileOffset += runBytes;
      return;
    }
    for (long i = 0; i < tileDimensions[dimension]; i++) {
      run(dimension + 1, offset + i * strides[dimension]);
    }
  }
}
