package org.hlo4j.tests.bench;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.EnumMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.OptionalDouble;
import java.util.stream.Stream;
import org.hlo4j.Pjrt;

/**
 * Measures this library and its peers in turn, round by round, and writes a table and a chart:
 * {@code Bench MODULE_FOLDER RESULT_FOLDER ROUNDS [ROW...]}. Without a C compiler, or without
 * Python and {@code pip}, the table says so.
 */
final class Bench {
  private final Folders folders;
  private final Map<Contender, Peer> peers = new EnumMap<>(Contender.class);
  private final StringBuilder facts = new StringBuilder();

  private Bench(Folders folders) {
    this.folders = folders;
  }

  /** Makes a peer ready. */
  private interface Making {
    Peer make() throws IOException, InterruptedException;
  }

  public static void main(String[] args) throws IOException, InterruptedException {
    Bench bench = new Bench(Folders.of(Path.of(args[0]).toRealPath()));
    List<Row> rows = Stream.of(args).skip(3).map(Bench::row).toList();
    bench.makePeers();
    int rounds = Integer.parseInt(args[2]);
    Figures figures = bench.measure(rows.isEmpty() ? List.of(Row.values()) : rows, rounds);
    bench.write(figures, rounds, Path.of(args[1]));
  }

  private static Row row(String name) {
    return Row.valueOf(name.toUpperCase(Locale.ROOT));
  }

  private void makePeers() throws IOException, InterruptedException {
    Path plugin;
    fact("Machine", MachineFacts.text());
    try (Pjrt client = Pjrt.builder().allowDownload().open()) {
      plugin = client.plugin().library();
      fact(
          "Plugin of hlo4j and C",
          "%s, C API %s".formatted(client.plugin().name(), client.apiVersion()));
    }
    peers.put(Contender.HLO4J, new Hlo4j(folders));
    fact("hlo4j", peers.get(Contender.HLO4J).version());
    make(Contender.C, () -> CLoop.compile(folders, plugin));
    make(Contender.JAX, () -> Jax.install(folders));
  }

  private void make(Contender contender, Making making) throws InterruptedException {
    try {
      Peer peer = making.make();
      peers.put(contender, peer);
      fact(contender.toString(), peer.version());
    } catch (IOException e) {
      fact(
          contender.toString(),
          "none here: " + String.valueOf(e.getMessage()).lines().findFirst().orElse(""));
    }
  }

  private void fact(String name, String text) {
    System.out.println(name + ": " + text);
    facts.append("- ").append(name).append(": ").append(text).append('\n');
  }

  private Figures measure(List<Row> rows, int rounds) throws IOException, InterruptedException {
    Figures figures = new Figures();
    for (int i = 0; i < rounds; i++) {
      for (Row row : rows) {
        StringBuilder line = new StringBuilder();
        for (Map.Entry<Contender, Peer> peer : peers.entrySet()) {
          OptionalDouble figure = peer.getValue().measure(row);
          figure.ifPresent(
              value -> {
                figures.add(row, peer.getKey(), value);
                line.append(", %s %s".formatted(peer.getKey(), MarkdownTable.number(value)));
              });
        }
        System.out.println(
            String.format(
                Locale.ROOT,
                "%d/%d %s: %s %s",
                i + 1,
                rounds,
                row.text(),
                line.substring(2),
                row.unit()));
      }
    }
    return figures;
  }

  private void write(Figures figures, int rounds, Path results) throws IOException {
    Path folder = Files.createDirectories(results);
    String table = MarkdownTable.of(figures);
    Files.writeString(folder.resolve("speed.svg"), RatioChart.of(figures));
    Files.writeString(folder.resolve("README.md"), Page.of(facts.toString(), rounds, table));
    System.out.println("\n" + table + "\n" + folder.resolve("README.md"));
  }
}
