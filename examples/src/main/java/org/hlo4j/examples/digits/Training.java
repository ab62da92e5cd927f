package org.hlo4j.examples.digits;

import java.util.ArrayList;
import java.util.List;
import java.util.SplittableRandom;
import java.util.function.BiConsumer;
import org.hlo4j.BufferPromise;
import org.hlo4j.Device;
import org.hlo4j.Promise;
import org.hlo4j.examples.digits.DigitNetwork.HeldBackImages;
import org.hlo4j.examples.digits.DigitNetwork.Images;
import org.hlo4j.examples.digits.DigitNetwork.Labels;
import org.hlo4j.examples.digits.DigitNetwork.LearningRate;
import org.hlo4j.examples.digits.DigitNetwork.Params;
import org.hlo4j.examples.digits.DigitNetwork.Prediction;
import org.hlo4j.examples.digits.DigitNetwork.Seed;
import org.hlo4j.examples.digits.DigitNetwork.State;

/**
 * Trains the network. The host never waits for the step that it has just started: it brings the
 * next batch on its way meanwhile, and reads the loss of the step before.
 */
final class Training {
  private static final int EPOCHS = 30;
  private static final float FIRST_LEARNING_RATE = 0.3f;

  private final Device device;
  private final DigitData data;
  private final DigitNetworkAsync network;
  private final int seed;

  Training(Device device, DigitData data, int seed) {
    this.device = device;
    this.data = data;
    this.network = DigitNetworkKernels.async(device);
    this.seed = seed;
  }

  /** What a training leads to. */
  record Outcome(Params params, List<Float> losses) {}

  /**
   * Trains from the first step to the last.
   *
   * @param progress is told of each epoch that has ended, with the loss of its last step
   */
  Outcome run(BiConsumer<Integer, Float> progress) {
    SplittableRandom random = new SplittableRandom(seed);
    State state = network.init(device.putAsync(Seed.class, new int[] {seed})).inFlight();
    List<Float> losses = new ArrayList<>();
    Promise<float[]> previousLoss = null;
    int stepsAnEpoch = data.training().count() / DigitData.BATCH;
    for (int epoch = 0; epoch < EPOCHS; epoch++) {
      for (Digits batch : data.batches(random)) {
        int done = losses.size() + (previousLoss == null ? 0 : 1);
        float rate = FIRST_LEARNING_RATE * (1 - (float) done / (EPOCHS * stepsAnEpoch));
        BufferPromise<Images> images = device.putAsync(Images.class, batch.images());
        BufferPromise<Labels> labels = device.putAsync(Labels.class, batch.labels());
        BufferPromise<LearningRate> learningRate =
            device.putAsync(LearningRate.class, new float[] {rate});

        DigitNetworkAsync.StepPromise step = network.trainStep(state, images, labels, learningRate);
        state = step.state();
        if (previousLoss != null) {
          log(previousLoss, losses, stepsAnEpoch, progress);
        }
        previousLoss = step.loss().toFloatArrayAsync();
      }
    }
    if (previousLoss != null) {
      log(previousLoss, losses, stepsAnEpoch, progress);
    }
    return new Outcome(state.params(), losses);
  }

  private static void log(
      Promise<float[]> loss,
      List<Float> losses,
      int stepsAnEpoch,
      BiConsumer<Integer, Float> progress) {
    float value = loss.value()[0];
    losses.add(value);
    if (losses.size() % stepsAnEpoch == 0) {
      progress.accept(losses.size() / stepsAnEpoch, value);
    }
  }

  /** The held-back digits that the trained network takes for others. */
  List<Mistake> mistakes(Params params) {
    Digits heldBack = data.heldBack();
    Prediction prediction =
        network.predict(params, device.putAsync(HeldBackImages.class, heldBack.images())).value();
    return Mistake.among(
        heldBack, prediction.labels().toIntArray(), prediction.probabilities().toFloatArray());
  }

  static int epochs() {
    return EPOCHS;
  }
}
