package org.hlo4j.examples.digits;

import java.util.Arrays;

/**
 * Handwritten digits, laid out as the programs take them: all images one after the other, and what
 * each of them shows.
 */
@SuppressWarnings("ArrayRecordComponent") // they go to the device as they are; nobody compares them
public record Digits(byte[] images, int[] labels) {
  /** The width and the height of an image. */
  static final int SIDE = 8;

  static final int PIXELS = SIDE * SIDE;

  /** The value of a pixel that is all ink; paper is 0. */
  static final int BLACKEST = 16;

  /** Checks that there are as many images as labels. */
  public Digits {
    if (images.length != labels.length * PIXELS) {
      throw new IllegalArgumentException(
          images.length + " pixels are not " + labels.length + " images of " + PIXELS);
    }
  }

  public int count() {
    return labels.length;
  }

  /** A copy of one image, row by row. */
  public byte[] image(int index) {
    return Arrays.copyOfRange(images, index * PIXELS, (index + 1) * PIXELS);
  }

  /** The digits at these places, in this order. */
  Digits select(int... places) {
    byte[] chosenImages = new byte[places.length * PIXELS];
    int[] chosenLabels = new int[places.length];
    for (int i = 0; i < places.length; i++) {
      System.arraycopy(images, places[i] * PIXELS, chosenImages, i * PIXELS, PIXELS);
      chosenLabels[i] = labels[places[i]];
    }
    return new Digits(chosenImages, chosenLabels);
  }
}
