package org.hlo4j.examples.serve;

import java.time.Duration;
import java.util.concurrent.CompletionException;

/** Reads digits in batches of whatever comes at the same time. */
final class BatchedClassifier implements Classifier, AutoCloseable {
  private static final Duration LONGEST_WAIT = Duration.ofMillis(1);
  private static final int LONGEST_QUEUE = 16 * DigitModel.BATCH;

  private final Batcher<byte[], Classifier.Answer> batcher;

  BatchedClassifier(DigitReaders readers) {
    this.batcher =
        new Batcher<>(
            new Batcher.Limits(DigitModel.BATCH, LONGEST_WAIT, LONGEST_QUEUE),
            readers::classifyAll);
  }

  @Override
  public Classifier.Answer classify(byte[] image) {
    try {
      return batcher.submit(image).join();
    } catch (CompletionException e) {
      throw e.getCause() instanceof RuntimeException own ? own : e;
    }
  }

  double meanBatch() {
    return batcher.meanBatch();
  }

  @Override
  public void close() {
    batcher.close();
  }
}
