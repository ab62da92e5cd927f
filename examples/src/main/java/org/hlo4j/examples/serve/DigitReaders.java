package org.hlo4j.examples.serve;

import java.io.IOException;
import java.io.InputStream;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import org.hlo4j.Device;
import org.hlo4j.DeviceBuffer;
import org.hlo4j.data.TensorFile;
import org.hlo4j.data.Weights;

/** The network with its weights on a device, reading digits in batches or one at a time. */
final class DigitReaders {
  private static final String WEIGHTS = "params.safetensors";
  private static final int PIXELS = 64;

  private final Device device;
  private final DigitModel model;
  private final DigitModel.Params params;

  private DigitReaders(Device device, DigitModel.Params params) {
    this.device = device;
    this.model = DigitModelKernels.sync(device);
    this.params = params;
  }

  /** Loads the weights, and compiles the programs. */
  static DigitReaders load(Device device) throws IOException {
    try (InputStream resource = DigitReaders.class.getResourceAsStream(WEIGHTS)) {
      TensorFile file = TensorFile.read(WEIGHTS, Objects.requireNonNull(resource, WEIGHTS));
      DigitModel.Params params = Weights.of(DigitModel.Params.class).load(device, file);
      var unused = DigitModelKernels.prepare(device).value();
      return new DigitReaders(device, params);
    }
  }

  /** Reads up to a batch of images; the rest of the batch is blank. */
  List<Classifier.Answer> classifyAll(List<byte[]> images) {
    byte[] batch = new byte[DigitModel.BATCH * PIXELS];
    for (int i = 0; i < images.size(); i++) {
      System.arraycopy(images.get(i), 0, batch, i * PIXELS, PIXELS);
    }
    try (DeviceBuffer<DigitModel.Images> input = device.put(DigitModel.Images.class, batch)) {
      DigitModel.Reading reading = model.classify(params, input);
      try (DeviceBuffer<DigitModel.Digits> digits = reading.digits();
          DeviceBuffer<DigitModel.Probabilities> probabilities = reading.probabilities()) {
        int[] numbers = digits.toIntArray();
        float[][] rows = probabilities.toArray(float[][].class);
        List<Classifier.Answer> answers = new ArrayList<>();
        for (int i = 0; i < images.size(); i++) {
          answers.add(Classifier.Answer.of(numbers[i], rows[i]));
        }
        return answers;
      }
    }
  }

  /** Reads one image by itself. */
  Classifier.Answer classifyOne(byte[] image) {
    try (DeviceBuffer<DigitModel.Image> input = device.put(DigitModel.Image.class, image)) {
      DigitModel.ReadingOfOne reading = model.classifyOne(params, input);
      try (DeviceBuffer<DigitModel.Digit> digit = reading.digit();
          DeviceBuffer<DigitModel.ProbabilitiesOfOne> probabilities = reading.probabilities()) {
        return Classifier.Answer.of(digit.toIntArray()[0], probabilities.toFloatArray());
      }
    }
  }
}
