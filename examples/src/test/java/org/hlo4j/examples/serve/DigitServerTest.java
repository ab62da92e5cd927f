package org.hlo4j.examples.serve;

import static com.google.common.truth.Truth.assertThat;
import static org.junit.jupiter.api.Assertions.assertThrows;

import com.google.gson.JsonParser;
import java.awt.image.BufferedImage;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.net.ConnectException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.List;
import java.util.concurrent.RejectedExecutionException;
import javax.imageio.ImageIO;
import org.hlo4j.Pjrt;
import org.hlo4j.examples.digits.DigitData;
import org.hlo4j.examples.digits.Digits;
import org.junit.jupiter.api.Test;

/** Digits are read over HTTP, and whatever else comes is told what is wrong with it. */
final class DigitServerTest {
  private static final Classifier SEVEN = image -> new Classifier.Answer(7, List.of(0.25f, 0.75f));

  private final HttpClient client = HttpClient.newHttpClient();
  private final Digits digits = DigitData.load().heldBack();

  private HttpResponse<String> post(URI uri, byte[] body) throws IOException, InterruptedException {
    return client.send(
        HttpRequest.newBuilder(uri).POST(BodyPublishers.ofByteArray(body)).build(),
        HttpResponse.BodyHandlers.ofString());
  }

  private HttpResponse<String> post(URI uri, String body) throws IOException, InterruptedException {
    return post(uri, body.getBytes(StandardCharsets.UTF_8));
  }

  @Test
  void manyClientsHaveTheirDigitsRead() throws IOException {
    try (Pjrt pjrt = Pjrt.open();
        BatchedClassifier batched = new BatchedClassifier(DigitReaders.load(pjrt.device()));
        DigitServer server = DigitServer.start(0, batched);
        HttpCaller caller = new HttpCaller(server.uri())) {
      LoadRun.Outcome outcome = LoadRun.run(caller, digits, 16, digits.count());

      assertThat(outcome.right()).isAtLeast(digits.count() * 95 / 100);
      assertThat(outcome.latencies()).hasLength(digits.count());
      assertThat(outcome.milliseconds(1)).isAtLeast(outcome.milliseconds(0.5));
      assertThat(batched.meanBatch()).isAtLeast(1.0);
    }
  }

  @Test
  void aBatchReadsWhatOneByOneReads() throws IOException {
    try (Pjrt pjrt = Pjrt.open()) {
      DigitReaders readers = DigitReaders.load(pjrt.device());
      List<byte[]> images = List.of(digits.image(0), digits.image(1), digits.image(2));

      List<Classifier.Answer> answers = readers.classifyAll(images);

      assertThat(answers).hasSize(3);
      for (int i = 0; i < 3; i++) {
        Classifier.Answer single = readers.classifyOne(images.get(i));
        assertThat(answers.get(i).digit()).isEqualTo(single.digit());
        assertThat(answers.get(i).probabilities().get(single.digit()))
            .isWithin(1e-4f)
            .of(single.probabilities().get(single.digit()));
      }
    }
  }

  @Test
  void anAnswerHasTheDigitAndItsProbabilities() throws Exception {
    try (DigitServer server = DigitServer.start(0, SEVEN)) {
      HttpResponse<String> response = post(server.uri(), Arrays.toString(digits.image(0)));

      assertThat(response.statusCode()).isEqualTo(200);
      assertThat(response.headers().firstValue("Content-Type")).hasValue("application/json");
      assertThat(response.body()).isEqualTo("{\"digit\":7,\"probabilities\":[0.25,0.75]}\n");
    }
  }

  @Test
  void aPictureIsShrunkToAnImage() throws Exception {
    BufferedImage picture = new BufferedImage(32, 32, BufferedImage.TYPE_INT_RGB);
    for (int i = 0; i < 32 * 32; i++) {
      picture.setRGB(i % 32, i / 32, i % 32 < 6 && i / 32 < 4 ? 0 : 0xFFFFFF);
    }
    ByteArrayOutputStream png = new ByteArrayOutputStream();
    assertThat(ImageIO.write(picture, "png", png)).isTrue();
    byte[] expected = new byte[64];
    expected[0] = 16;
    expected[1] = 8;
    Classifier check =
        image -> {
          assertThat(image).isEqualTo(expected);
          return new Classifier.Answer(1, List.of());
        };

    try (DigitServer server = DigitServer.start(0, check)) {
      assertThat(post(server.uri(), png.toByteArray()).body())
          .isEqualTo("{\"digit\":1,\"probabilities\":[]}\n");
    }
  }

  @Test
  void whatIsNoImageIsRefused() throws Exception {
    String large = Arrays.toString(new int[63]);
    ByteArrayOutputStream png = new ByteArrayOutputStream();
    assertThat(ImageIO.write(new BufferedImage(9, 8, BufferedImage.TYPE_INT_RGB), "png", png))
        .isTrue();
    try (DigitServer server = DigitServer.start(0, SEVEN)) {
      URI uri = server.uri();

      assertThat(refusal(400, post(uri, ""))).isEqualTo("64 numbers are expected, and there are 0");
      assertThat(refusal(400, post(uri, large)))
          .isEqualTo("64 numbers are expected, and there are 63");
      assertThat(refusal(400, post(uri, large.replace("]", ", 17]"))))
          .isEqualTo("number 63 is 17, and not from 0 (paper) to 16 (ink)");
      for (String body : List.of("{}", "[1.5]", "[[1]]", "x", "[1,", "[1] [2]", "[null]")) {
        assertThat(refusal(400, post(uri, body)))
            .isEqualTo("a JSON array of 64 integers is expected, or a PNG");
      }
      assertThat(refusal(400, post(uri, png.toByteArray())))
          .startsWith("the PNG is 9 by 8; a square is expected");
      assertThat(refusal(400, post(uri, Arrays.copyOf(png.toByteArray(), 40))))
          .startsWith("the PNG ");
      assertThat(refusal(413, post(uri, " ".repeat(70_000)))).contains("at most 65536 bytes");
      assertThat(refusal(404, post(uri.resolve("/classify/7"), large))).contains("only /classify");
      HttpResponse<String> get =
          client.send(HttpRequest.newBuilder(uri).build(), HttpResponse.BodyHandlers.ofString());
      assertThat(refusal(405, get)).isEqualTo("POST an image");
    }
  }

  private static String refusal(int status, HttpResponse<String> response) {
    assertThat(response.statusCode()).isEqualTo(status);
    return JsonParser.parseString(response.body()).getAsJsonObject().get("error").getAsString();
  }

  @Test
  void failuresReachTheCaller() throws Exception {
    String image = Arrays.toString(digits.image(0));
    Classifier busy =
        pixels -> {
          throw new RejectedExecutionException("512 requests are waiting already");
        };
    try (DigitServer server = DigitServer.start(0, busy)) {
      HttpResponse<String> response = post(server.uri(), image);
      assertThat(refusal(503, response)).isEqualTo("512 requests are waiting already");
      assertThat(response.headers().firstValue("Retry-After")).hasValue("1");
    }
    Classifier broken =
        pixels -> {
          throw new IllegalStateException("broken");
        };
    try (DigitServer server = DigitServer.start(0, broken)) {
      assertThat(refusal(500, post(server.uri(), image))).isEqualTo("broken");
    }
  }

  @Test
  void aClosedServerIsGone() throws IOException {
    DigitServer server = DigitServer.start(0, SEVEN);
    URI uri = server.uri();
    server.close();

    assertThrows(ConnectException.class, () -> post(uri, "[]"));
  }

  @Test
  void argumentsThatMeanNothingAreRefused() {
    assertThrows(IllegalArgumentException.class, () -> ServeDigits.main(new String[] {"--server"}));
  }
}
