package org.hlo4j.examples.digits;

import java.io.BufferedReader;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.InputStreamReader;
import java.nio.charset.StandardCharsets;
import java.util.stream.IntStream;
import java.util.zip.GZIPInputStream;

/** Reads digits from compressed lines of numbers: the pixels, row by row, then the label. */
final class DigitReader {
  private static final int LARGEST_LABEL = 9;

  private final String name;
  private final ByteArrayOutputStream images = new ByteArrayOutputStream();
  private final IntStream.Builder labels = IntStream.builder();
  private int lineNumber;

  private DigitReader(String name) {
    this.name = name;
  }

  static Digits read(String name, InputStream compressed) throws IOException {
    DigitReader reader = new DigitReader(name);
    try (BufferedReader lines =
        new BufferedReader(
            new InputStreamReader(new GZIPInputStream(compressed), StandardCharsets.US_ASCII))) {
      for (String line = lines.readLine(); line != null; line = lines.readLine()) {
        reader.add(line);
      }
    }
    return new Digits(reader.images.toByteArray(), reader.labels.build().toArray());
  }

  private void add(String line) {
    lineNumber++;
    String[] values = line.split(",", -1);
    if (values.length != Digits.PIXELS + 1) {
      throw malformed((Digits.PIXELS + 1) + " values are needed, and there are " + values.length);
    }
    for (int pixel = 0; pixel < Digits.PIXELS; pixel++) {
      images.write(number(values[pixel], Digits.BLACKEST));
    }
    labels.add(number(values[Digits.PIXELS], LARGEST_LABEL));
  }

  private int number(String text, int largest) {
    try {
      int number = Integer.parseInt(text);
      if (number >= 0 && number <= largest) {
        return number;
      }
    } catch (NumberFormatException e) {
      throw malformed("\"" + text + "\" is not a number");
    }
    throw malformed(text + " is not between 0 and " + largest);
  }

  private IllegalStateException malformed(String problem) {
    return new IllegalStateException(name + ", line " + lineNumber + ": " + problem);
  }
}
