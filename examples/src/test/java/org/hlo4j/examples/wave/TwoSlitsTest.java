package org.hlo4j.examples.wave;

import static com.google.common.truth.Truth.assertThat;

import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import javax.imageio.ImageIO;
import javax.imageio.ImageReader;
import javax.imageio.stream.ImageInputStream;
import org.hlo4j.Pjrt;
import org.hlo4j.Program;
import org.hlo4j.Promise;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

final class TwoSlitsTest {
  private static final int STEPS = 60;

  @TempDir Path folder;

  @Test
  void theFieldIsWhatPlainJavaComputes() {
    try (Pjrt pjrt = Pjrt.open();
        Simulation simulation = new Simulation(pjrt.device())) {
      // The first frame is still to be read when its field is replaced.
      Promise<byte[]> middle = simulation.advance(STEPS / 2);
      Promise<byte[]> last = simulation.advance(STEPS / 2);

      float[] expected = plainJava(STEPS);
      float[] field = simulation.field();
      float highest = 0;
      for (int i = 0; i < field.length; i++) {
        assertThat(field[i]).isWithin(1e-4f).of(expected[i]);
        highest = Math.max(highest, field[i]);
      }
      assertThat(highest).isGreaterThan(0.1f);
      assertThat(last.value()).isNotEqualTo(middle.value());
      assertThat(last.value()[Waves.WIDTH * Waves.HEIGHT / 2 - 1]).isEqualTo(31);
    }
  }

  @Test
  void noStepCopiesAField() throws IOException {
    try (InputStream in = Waves.class.getResourceAsStream("advance.mlir");
        Pjrt pjrt = Pjrt.open()) {
      String program = new String(in.readAllBytes(), StandardCharsets.UTF_8);
      assertThat(pjrt.device().compile(Program.of(program)).statistics().copiesInLoops())
          .isEqualTo(0);
    }
    String metadata = WavesKernels.metadata().toString();

    assertThat(metadata).contains("now: tensor<360x640xf32>, donated to output 0");
    assertThat(metadata).contains("before: tensor<360x640xf32>, donated to output 1");
  }

  @Test
  void theAnimationHasAPeriodAndBeginsAgainForEver() throws IOException {
    Path animation = folder.resolve("new/wave.gif");

    TwoSlits.main(new String[] {animation.toString()});

    try (ImageInputStream in = ImageIO.createImageInputStream(animation.toFile())) {
      ImageReader reader = ImageIO.getImageReadersByFormatName("gif").next();
      reader.setInput(in);
      assertThat(reader.getNumImages(true)).isEqualTo(12);
      assertThat(reader.read(11).getWidth()).isEqualTo(Waves.WIDTH);
      reader.dispose();
    }
    String bytes = Files.readString(animation, StandardCharsets.ISO_8859_1);
    assertThat(bytes).contains("NETSCAPE2.0\u0003\u0001\u0000\u0000");
    assertThat(ImageIO.read(folder.resolve("new/wave.png").toFile()).getWidth()).isGreaterThan(900);
  }

  private static float[] plainJava(int steps) {
    float[] speed = Scene.speed();
    float[] keep = Scene.keep();
    float[] source = Scene.source();
    float[] a = new float[speed.length];
    float[] b = new float[speed.length];
    for (int step = 0; step < steps; step++) {
      float swing = (float) Math.sin(2 * Math.PI * step / Waves.PERIOD);
      float[] next = new float[a.length];
      for (int i = 0; i < a.length; i++) {
        int column = i % Waves.WIDTH;
        float around = i >= Waves.WIDTH ? a[i - Waves.WIDTH] : 0;
        around += i + Waves.WIDTH < a.length ? a[i + Waves.WIDTH] : 0;
        around += column > 0 ? a[i - 1] : 0;
        around += column < Waves.WIDTH - 1 ? a[i + 1] : 0;
        float bent = around - 4 * a[i];
        next[i] = a[i] + keep[i] * (a[i] - b[i]) + speed[i] * bent + source[i] * swing;
      }
      b = a;
      a = next;
    }
    return a;
  }
}
