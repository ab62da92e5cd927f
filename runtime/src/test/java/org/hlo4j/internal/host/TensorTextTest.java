package org.hlo4j.internal.host;

import static com.google.common.truth.Truth.assertThat;

import java.io.BufferedReader;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.InputStreamReader;
import java.lang.foreign.MemorySegment;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.HexFormat;
import java.util.List;
import org.hlo4j.type.Shape;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** Tensors print as NumPy prints them: the table holds NumPy's own texts. */
final class TensorTextTest {
  /**
   * A tensor and its text.
   *
   * @param text what NumPy's {@code str} gives
   */
  record Printed(Shape shape, MemorySegment memory, String text) {
    @Override
    public String toString() {
      return shape + " " + text.lines().findFirst().orElse("");
    }
  }

  /**
   * Each case is a line of the type and its elements' bytes, an element repeated as {@code *COUNT}
   * says, and below it the lines of the text behind a bar.
   */
  static List<Printed> cases() throws IOException {
    InputStream in = TensorTextTest.class.getResourceAsStream("/numpy-text.txt");
    if (in == null) {
      throw new AssertionError("there is no table");
    }
    List<Printed> cases = new ArrayList<>();
    try (BufferedReader reader =
        new BufferedReader(new InputStreamReader(in, StandardCharsets.US_ASCII))) {
      List<String> lines = reader.lines().toList();
      int at = 0;
      while (at < lines.size()) {
        String head = lines.get(at);
        at++;
        List<String> text = new ArrayList<>();
        while (at < lines.size() && lines.get(at).startsWith("|")) {
          text.add(lines.get(at).substring(1));
          at++;
        }
        int blank = head.indexOf("> ") + 1;
        cases.add(
            new Printed(
                Shape.parse(head.substring(0, blank)),
                memory(head.substring(blank).strip()),
                String.join("\n", text)));
      }
    }
    return cases;
  }

  private static MemorySegment memory(String elements) {
    ByteArrayOutputStream out = new ByteArrayOutputStream();
    for (String element : elements.split(" ", -1)) {
      int star = element.indexOf('*');
      byte[] bytes = HexFormat.of().parseHex(star < 0 ? element : element.substring(0, star));
      int count = star < 0 ? 1 : Integer.parseInt(element.substring(star + 1));
      for (int i = 0; i < count; i++) {
        out.writeBytes(bytes);
      }
    }
    return MemorySegment.ofArray(out.toByteArray());
  }

  @ParameterizedTest
  @MethodSource("cases")
  void valuesPrintAsNumPyPrintsThem(Printed printed) {
    assertThat(printed.memory().byteSize()).isEqualTo(printed.shape().byteSize());
    assertThat(TensorText.of(printed.shape(), printed.memory())).isEqualTo(printed.text());
  }
}
