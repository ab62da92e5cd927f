package org.hlo4j.examples.digits;

import java.io.IOException;
import java.nio.file.Path;
import java.util.List;
import java.util.Locale;
import org.hlo4j.Device;
import org.hlo4j.Pjrt;
import org.hlo4j.examples.drawing.Pictures;

/** Trains a network to read handwritten digits, and draws how it went. */
public final class TrainDigits {
  private static final int SEED = 1;
  private static final double REQUIRED_ACCURACY = 0.95;
  private static final int BAR = 30;

  private TrainDigits() {}

  /** Takes the file to draw to; {@code digits.png} here if there is none. */
  public static void main(String[] args) throws IOException {
    Path picture = Pictures.path(args, "digits.png");
    try (Pjrt pjrt = Pjrt.open()) {
      run(pjrt.device(), picture);
    }
  }

  private static void run(Device device, Path picture) throws IOException {
    DigitData data = DigitData.load();
    say("Device: %s (%s)", device, device.client().plugin().name());
    say("Digits: %d to learn from, %d held back", data.training().count(), data.heldBack().count());

    long start = System.nanoTime();
    DigitNetworkKernels.prepare(device).value();
    long compiled = System.nanoTime();
    say("Compiled three programs in %.2f s", seconds(start, compiled));

    Training training = new Training(device, data, SEED);
    Training.Outcome outcome = training.run(TrainDigits::showProgress);
    List<Mistake> mistakes = training.mistakes(outcome.params());
    long trained = System.nanoTime();

    int heldBack = data.heldBack().count();
    double accuracy = 1 - (double) mistakes.size() / heldBack;
    say("Trained %d steps in %.2f s", outcome.losses().size(), seconds(compiled, trained));
    say(
        "Accuracy: %.1f%%, %d of %d held-back digits are read right",
        100 * accuracy, heldBack - mistakes.size(), heldBack);

    double[] losses = outcome.losses().stream().mapToDouble(Float::doubleValue).toArray();
    Pictures.write(TrainingPicture.draw(losses, heldBack, mistakes), picture);
    say("Picture: %s", picture);
    if (accuracy < REQUIRED_ACCURACY) {
      throw new IllegalStateException(
          String.format(Locale.ROOT, "%.1f%% is less than it should be", 100 * accuracy));
    }
  }

  private static void showProgress(int epoch, float loss) {
    int epochs = Training.epochs();
    if (epoch % 3 == 0) {
      int filled = BAR * epoch / epochs;
      say(
          "  [%s%s] epoch %2d of %d, loss %.4f",
          "#".repeat(filled), ".".repeat(BAR - filled), epoch, epochs, loss);
    }
  }

  private static void say(String format, Object... arguments) {
    System.out.println(String.format(Locale.ROOT, format, arguments));
  }

  private static double seconds(long from, long to) {
    return (to - from) / 1e9;
  }
}
