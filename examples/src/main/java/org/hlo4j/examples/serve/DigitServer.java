package org.hlo4j.examples.serve;

import com.google.gson.JsonArray;
import com.google.gson.JsonObject;
import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpServer;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.RejectedExecutionException;

/**
 * Reads digits over HTTP, each request on a virtual thread: {@code POST /classify} takes an image
 * and answers its digit and the probability of each.
 */
final class DigitServer implements AutoCloseable {
  private static final int LARGEST_BODY = 64 << 10;
  private static final int LONGEST_SHUTDOWN_SECONDS = 5;

  private final HttpServer server;
  private final ExecutorService threads = Executors.newVirtualThreadPerTaskExecutor();
  private final Classifier classifier;

  private DigitServer(HttpServer server, Classifier classifier) {
    this.server = server;
    this.classifier = classifier;
  }

  /**
   * Starts a server for this machine alone.
   *
   * @param port 0 for any that is free
   */
  static DigitServer start(int port, Classifier classifier) throws IOException {
    // The head and the body of an answer are two packets, and the second should not wait.
    System.setProperty("sun.net.httpserver.nodelay", "true");
    HttpServer http =
        HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), port), 0);
    DigitServer server = new DigitServer(http, classifier);
    http.createContext("/classify", server::handle);
    http.setExecutor(server.threads);
    http.start();
    return server;
  }

  /** Where requests go. */
  URI uri() {
    InetSocketAddress address = server.getAddress();
    String host = address.getAddress().getHostAddress();
    return URI.create("http://" + host + ":" + address.getPort() + "/classify");
  }

  private void handle(HttpExchange exchange) throws IOException {
    try (exchange) {
      if (!exchange.getRequestURI().getPath().equals("/classify")) {
        refuse(exchange, 404, "only /classify is here");
      } else if (!exchange.getRequestMethod().equals("POST")) {
        exchange.getResponseHeaders().set("Allow", "POST");
        refuse(exchange, 405, "POST an image");
      } else {
        classify(exchange);
      }
    }
  }

  private void classify(HttpExchange exchange) throws IOException {
    byte[] body = exchange.getRequestBody().readNBytes(LARGEST_BODY + 1);
    if (body.length > LARGEST_BODY) {
      refuse(exchange, 413, "an image has at most " + LARGEST_BODY + " bytes");
      return;
    }
    byte[] image;
    try {
      image = DigitRequest.read(body);
    } catch (IllegalArgumentException e) {
      refuse(exchange, 400, String.valueOf(e.getMessage()));
      return;
    }
    Classifier.Answer answer;
    try {
      answer = classifier.classify(image);
    } catch (RejectedExecutionException e) {
      exchange.getResponseHeaders().set("Retry-After", "1");
      refuse(exchange, 503, String.valueOf(e.getMessage()));
      return;
    } catch (RuntimeException e) {
      refuse(exchange, 500, String.valueOf(e.getMessage()));
      return;
    }
    send(exchange, 200, json(answer));
  }

  private static JsonObject json(Classifier.Answer answer) {
    JsonArray probabilities = new JsonArray();
    answer.probabilities().forEach(probabilities::add);
    JsonObject json = new JsonObject();
    json.addProperty("digit", answer.digit());
    json.add("probabilities", probabilities);
    return json;
  }

  private static void refuse(HttpExchange exchange, int status, String why) throws IOException {
    JsonObject json = new JsonObject();
    json.addProperty("error", why);
    send(exchange, status, json);
  }

  private static void send(HttpExchange exchange, int status, JsonObject json) throws IOException {
    byte[] body = (json + "\n").getBytes(StandardCharsets.UTF_8);
    exchange.getResponseHeaders().set("Content-Type", "application/json");
    exchange.sendResponseHeaders(status, body.length);
    exchange.getResponseBody().write(body);
  }

  /** Takes no more requests, and waits for those that are being answered. */
  @Override
  public void close() {
    server.stop(LONGEST_SHUTDOWN_SECONDS);
    threads.close();
  }
}
