package org.hlo4j.processor.verify;

import static com.google.common.truth.Truth.assertThat;

import java.io.IOException;
import java.net.URISyntaxException;
import java.net.URL;
import java.net.URLClassLoader;
import java.nio.charset.Charset;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import org.hlo4j.Pjrt;
import org.hlo4j.annotation.Kernels;
import org.hlo4j.internal.cache.DiskCache;
import org.hlo4j.internal.mlir.analysis.DeviceCounts;
import org.hlo4j.plugin.PluginLocation;
import org.hlo4j.plugin.PluginLocator;
import org.hlo4j.plugin.PluginRequest;
import org.hlo4j.processor.verify.Verdict.Accepted;
import org.hlo4j.processor.verify.Verdict.By;
import org.hlo4j.processor.verify.Verdict.Refused;
import org.hlo4j.processor.verify.Verdict.Unavailable;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** What XLA itself says of programs. */
final class VerifierTest {
  /** Nothing here takes long; a slow machine may take its time. */
  private static final Duration LIMIT = Duration.ofMinutes(5);

  private static final String GOOD =
      """
      func.func @main(%x: tensor<4xf32>) -> tensor<4xf32> {
        %0 = stablehlo.add %x, %x : tensor<4xf32>
        return %0 : tensor<4xf32>
      }
      """;

  /** Well formed, and only XLA knows better. */
  private static final String BAD =
      GOOD.replace("%x, %x : tensor<4xf32>", "%x, %x : tensor<5xf32>");

  private static final PluginLocation PLUGIN =
      PluginLocator.ofThisJvm().locate(PluginRequest.any());

  /** One class of each place that a child needs. */
  private static final List<Class<?>> HOMES =
      List.of(VerifierMain.class, Pjrt.class, Kernels.class);

  /** A name with all that URIs and shells care about, and letters if the system has them. */
  private static final String ODD = "two words, 100% + #1 & $x 'y'" + ifPossible("größe");

  @TempDir Path folder;

  private final List<Path> links = new ArrayList<>();

  private final CountedCommand command = new CountedCommand(Verifier.commandFor(PLUGIN.library()));

  private static String ifPossible(String letters) {
    Charset names = Charset.forName(System.getProperty("sun.jnu.encoding"));
    return names.newEncoder().canEncode(letters) ? letters : "";
  }

  private Verifier verifier(Optional<DiskCache> cache) {
    return new Verifier(command, PLUGIN.fingerprint(), cache, LIMIT);
  }

  private DiskCache cache() {
    return DiskCache.at(folder.resolve("cache"), 1 << 20);
  }

  @Test
  void acceptsWhatXlaCompiles() {
    try (Verifier verifier =
        new Verifier(
            Verifier.commandFor(PLUGIN.library()), PLUGIN.fingerprint(), Optional.empty(), LIMIT)) {
      assertThat(verifier.submit(Request.ofText(GOOD)).join()).isEqualTo(new Accepted());
    }
  }

  @Test
  void aRefusalTellsThePlaceAndTheProblem() {
    try (Verifier verifier = verifier(Optional.empty())) {
      Refused refused = (Refused) verifier.submit(Request.ofText(BAD)).join();

      assertThat(refused.line()).isEqualTo(2);
      assertThat(refused.column()).isEqualTo(BAD.lines().toList().get(1).indexOf("%x") + 1);
      assertThat(refused.problem()).contains("'tensor<5xf32>' vs 'tensor<4xf32>'");
      assertThat(refused.isLasting()).isTrue();
    }
  }

  @Test
  void aRefusalMayHaveNoPlace() {
    String hidden = GOOD.replace("func.func @main", "func.func private @main");
    try (Verifier verifier = verifier(Optional.empty())) {
      Refused refused = (Refused) verifier.submit(Request.ofText(hidden)).join();

      assertThat(refused.line()).isEqualTo(0);
      assertThat(refused.column()).isEqualTo(0);
      assertThat(refused.problem()).contains("requires module with `main` function");
      assertThat(refused.by()).isEqualTo(By.XLA);
    }
  }

  @Test
  void aFunctionThatThePluginLacksIsToldWithItsPlace() {
    String foreign =
        GOOD.replace(
            "add %x, %x : tensor<4xf32>",
            "custom_call @no_such_function(%x) : (tensor<4xf32>) -> tensor<4xf32>");
    try (Verifier verifier = verifier(Optional.empty())) {
      Refused refused = (Refused) verifier.submit(Request.ofText(foreign)).join();

      assertThat(refused.line()).isEqualTo(2);
      assertThat(refused.by()).isEqualTo(By.LACK_OF_FUNCTION);
      assertThat(refused.problem())
          .isEqualTo(
              "this plugin does not provide no_such_function, which the program calls by"
                  + " custom_call");
    }
  }

  @Test
  void whatTheReaderRefusesIsRefusedButNotForGood() {
    try (Verifier verifier = verifier(Optional.of(cache()))) {
      Refused refused = (Refused) verifier.submit(Request.ofText("func.func @main(")).join();

      assertThat(refused.line()).isEqualTo(1);
      assertThat(refused.by()).isEqualTo(By.CHECK);
      assertThat(refused.isLasting()).isFalse();
      assertThat(Files.exists(folder.resolve("cache"))).isFalse();
      assertThat(verifier.submit(Request.ofText(GOOD)).join()).isEqualTo(new Accepted());
      assertThat(command.children()).isEqualTo(1);
    }
  }

  @Test
  void whatAnEarlierBuildHasAskedNeedsNoChild() {
    List<Verdict> first = verdicts(List.of(GOOD, BAD));
    assertThat(command.children()).isEqualTo(1);

    assertThat(verdicts(List.of(GOOD, BAD))).isEqualTo(first);
    assertThat(command.children()).isEqualTo(1);

    assertThat(verdicts(List.of(GOOD + "\n"))).containsExactly(new Accepted());
    assertThat(command.children()).isEqualTo(2);
  }

  private List<Verdict> verdicts(List<String> programs) {
    return answers(programs.stream().map(Request::ofText).toList());
  }

  private List<Verdict> answers(List<Request> requests) {
    try (Verifier verifier = verifier(Optional.of(cache()))) {
      return requests.stream().map(verifier::submit).map(CompletableFuture::join).toList();
    }
  }

  @Test
  void costsAreToldToThoseWhoWantThem() {
    Costs costs = new Costs(0, 0, 0, 0);
    try (Verifier verifier = verifier(Optional.empty())) {
      Accepted accepted = (Accepted) verifier.submit(Request.ofText(GOOD).withCosts()).join();

      assertThat(accepted.costs()).hasValue(costs);
      assertThat(accepted.executable()).isEmpty();
    }
  }

  @Test
  void costsOnSeveralDevicesCountTheCopiesInLoops() {
    String ring =
        """
        func.func @main(%x: tensor<1024xf32>) -> tensor<1024xf32> {
          %zero = stablehlo.constant dense<0> : tensor<i32>
          %w:2 = stablehlo.while(%i = %zero, %a = %x) : tensor<i32>, tensor<1024xf32> cond {
            %end = stablehlo.constant dense<8> : tensor<i32>
            %less = stablehlo.compare LT, %i, %end : (tensor<i32>, tensor<i32>) -> tensor<i1>
            stablehlo.return %less : tensor<i1>
          } do {
            %one = stablehlo.constant dense<1> : tensor<i32>
            %next = stablehlo.add %i, %one : tensor<i32>
            %p = "stablehlo.collective_permute"(%a) <{
                channel_handle = #stablehlo.channel_handle<handle = 0, type = 0>,
                source_target_pairs = dense<[[0, 1], [1, 0]]> : tensor<2x2xi64>
            }> : (tensor<1024xf32>) -> tensor<1024xf32>
            stablehlo.return %next, %p : tensor<i32>, tensor<1024xf32>
          }
          return %w#1 : tensor<1024xf32>
        }
        """;
    Request request = Request.ofText(ring).onDevices(new DeviceCounts(2, 1));
    try (Verifier verifier = verifier(Optional.empty())) {
      Accepted accepted = (Accepted) verifier.submit(request.withCosts()).join();

      Costs costs = accepted.costs().orElseThrow();
      assertThat(costs.copies()).isAtLeast(2);
      assertThat(costs.copiesInLoops()).isEqualTo(1);
      assertThat(costs.copiedBytes()).isEqualTo((8 + 1) * 4096);
      assertThat(costs.temporaryBytes()).isAtLeast(4096L);
      assertThat(verifier.submit(request).join()).isEqualTo(new Accepted());
    }
  }

  @Test
  void costsAreKeptAndAVerdictWithoutThemIsNoAnswer() {
    Request request = Request.ofText(GOOD);
    List<Request> requests =
        List.of(
            request,
            request.withCosts(),
            request.withExecutable(),
            request.withExecutable().withCosts());
    List<Verdict> first = answers(requests);
    assertThat(command.children()).isEqualTo(1);

    List<Accepted> accepted = first.stream().map(Accepted.class::cast).toList();
    assertThat(accepted.stream().map(verdict -> verdict.costs().isPresent()))
        .containsExactly(false, true, false, true)
        .inOrder();
    assertThat(accepted.stream().map(verdict -> verdict.executable().isPresent()))
        .containsExactly(false, false, true, true)
        .inOrder();
    assertThat(answers(requests).toString()).isEqualTo(first.toString());
    assertThat(command.children()).isEqualTo(1);
  }

  @Test
  void manyProgramsAtOnceEachGetTheirOwnVerdict() {
    List<CompletableFuture<Verdict>> good = new ArrayList<>();
    List<CompletableFuture<Verdict>> bad = new ArrayList<>();
    try (Verifier verifier = verifier(Optional.empty())) {
      for (int i = 6; i < 30; i++) {
        good.add(verifier.submit(Request.ofText(GOOD.replace("<4x", "<" + i + "x"))));
        bad.add(verifier.submit(Request.ofText(BAD.replace("<4x", "<" + i + "x"))));
      }
      for (int i = 6; i < 30; i++) {
        assertThat(good.get(i - 6).join()).isEqualTo(new Accepted());
        Refused refused = (Refused) bad.get(i - 6).join();
        assertThat(refused.problem())
            .contains(String.format(Locale.ROOT, "'tensor<5xf32>' vs 'tensor<%dxf32>'", i));
      }
    }
    assertThat(command.children()).isAtMost(4);
  }

  @Test
  void aLibraryThatIsNoPluginMakesTheVerifierUnavailable() throws IOException {
    Path text = Files.writeString(folder.resolve("text.so"), "no library");
    CountedCommand broken = new CountedCommand(Verifier.commandFor(text));
    try (Verifier verifier = new Verifier(broken, "text", Optional.of(cache()), LIMIT)) {
      Unavailable unavailable = (Unavailable) verifier.submit(Request.ofText(GOOD)).join();

      assertThat(unavailable.reason()).contains("text.so cannot be loaded");
      assertThat(verifier.submit(Request.ofText(BAD)).join()).isEqualTo(unavailable);
      assertThat(broken.children()).isEqualTo(1);
    }
    assertThat(Files.exists(folder.resolve("cache"))).isFalse();
  }

  @Test
  void thePlacesOfClassesMayHaveAnyNames()
      throws IOException, URISyntaxException, ReflectiveOperationException {
    List<URL> places = new ArrayList<>();
    for (Class<?> home : HOMES) {
      Path real = Path.of(home.getProtectionDomain().getCodeSource().getLocation().toURI());
      String end = places.size() + (Files.isDirectory(real) ? "" : ".jar");
      places.add(link(end, real).toUri().toURL());
    }
    Path plugin = link(".so", PLUGIN.library());
    try (URLClassLoader loader =
        new URLClassLoader(places.toArray(new URL[0]), ClassLoader.getPlatformClassLoader())) {
      List<Class<?>> homes = new ArrayList<>();
      for (Class<?> home : HOMES) {
        homes.add(loader.loadClass(home.getName()));
      }
      JavaCommand odd =
          new JavaCommand(homes, VerifierMain.class.getName(), List.of(plugin.toString()));
      assertThat(String.join(" ", odd.words())).contains(folder.resolve(ODD + "1").toString());
      try (Verifier verifier = new Verifier(odd, "odd", Optional.empty(), LIMIT)) {
        assertThat(verifier.submit(Request.ofText(GOOD)).join()).isEqualTo(new Accepted());
      }
    }
  }

  private Path link(String end, Path target) throws IOException {
    Path link = Files.createSymbolicLink(folder.resolve(ODD + end), target);
    links.add(link);
    return link;
  }

  @AfterEach
  void deleteLinks() throws IOException {
    // JUnit would, too, with a warning about each.
    for (Path link : links) {
      Files.delete(link);
    }
  }
}
