package org.hlo4j.examples.serve;

/** Reads digits; called by many threads at once. */
interface Classifier {
  /**
   * Reads one image of 64 pixels from 0 (paper) to 16 (ink).
   *
   * @throws java.util.concurrent.RejectedExecutionException if there is too much to do already
   */
  Answer classify(byte[] image);
}
