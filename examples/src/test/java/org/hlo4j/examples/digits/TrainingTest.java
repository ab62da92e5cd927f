package org.hlo4j.examples.digits;

import static com.google.common.truth.Truth.assertThat;
import static org.junit.jupiter.api.Assertions.assertThrows;

import java.awt.image.BufferedImage;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.SplittableRandom;
import java.util.zip.GZIPOutputStream;
import javax.imageio.ImageIO;
import org.hlo4j.Pjrt;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

final class TrainingTest {
  @TempDir Path folder;

  @Test
  void theNetworkReadsAtLeastNineteenOfTwentyUnseenDigits() {
    DigitData data = DigitData.load();
    try (Pjrt client = Pjrt.open()) {
      Training training = new Training(client.device(), data, 3);

      Training.Outcome outcome = training.run((epoch, loss) -> {});
      List<Mistake> mistakes = training.mistakes(outcome.params());

      assertThat(outcome.losses()).hasSize(30 * 22);
      assertThat(outcome.losses().get(659)).isLessThan(outcome.losses().get(0) / 10);
      assertThat(mistakes.size()).isAtMost(data.heldBack().count() / 20);
    }
  }

  @Test
  void theProgramDrawsAPicture() throws IOException {
    Path picture = folder.resolve("digits.png");

    TrainDigits.main(new String[] {picture.toString()});

    BufferedImage image = ImageIO.read(picture.toFile());
    assertThat(image.getWidth()).isEqualTo(1280);
    assertThat(image.getHeight()).isEqualTo(720);
    assertThat(image.getRGB(640, 4)).isNotEqualTo(image.getRGB(640, 400));
    assertThat(Files.size(picture)).isGreaterThan(10_000);
  }

  @Test
  void everyFifthDigitIsHeldBack() {
    DigitData data = DigitData.load();

    assertThat(data.training().count()).isEqualTo(1438);
    assertThat(data.heldBack().count()).isEqualTo(359);
    assertThat(data.batches(new SplittableRandom(1))).hasSize(22);
  }

  @Test
  void dataThatIsDamagedIsRefusedWithItsLine() throws IOException {
    Path file = folder.resolve("bad.csv.gz");
    try (GZIPOutputStream out = new GZIPOutputStream(Files.newOutputStream(file))) {
      out.write("1,2\n".getBytes(StandardCharsets.US_ASCII));
    }
    byte[] bytes = Files.readAllBytes(file);

    IllegalStateException refused =
        assertThrows(
            IllegalStateException.class,
            () -> DigitReader.read("bad.csv.gz", new ByteArrayInputStream(bytes)));

    assertThat(refused)
        .hasMessageThat()
        .isEqualTo("bad.csv.gz, line 1: 65 values are needed, and there are 2");
  }
}
