package org.hlo4j.plugin;

import static com.google.common.truth.Truth.assertThat;
import static org.junit.jupiter.api.Assertions.assertThrows;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.security.NoSuchAlgorithmException;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.atomic.AtomicReference;
import java.util.stream.Stream;
import org.hlo4j.Await;
import org.hlo4j.error.PluginException;
import org.hlo4j.internal.cache.PrivateFiles;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.condition.DisabledOnOs;
import org.junit.jupiter.api.condition.OS;
import org.junit.jupiter.api.io.TempDir;

@DisabledOnOs(OS.WINDOWS) // the pip of these tests is a shell script
final class PluginFetcherTest {
  private static final Map<String, String> ENTRIES =
      Map.of("small/__init__.py", "", "small/libsmall.so", FakePip.LIBRARY);

  @TempDir Path folder;
  private FakePip fakePip;
  private HostEnvironment host;
  private Path wheelFile;
  private Wheel wheel;
  private final List<String> progress = new ArrayList<>();

  @BeforeEach
  void setUp() throws IOException, NoSuchAlgorithmException {
    fakePip = new FakePip(folder);
    host = FakeHost.onLinux(folder).build();
    wheelFile = fakePip.wheelFile(ENTRIES);
    wheel = FakePip.pin(wheelFile);
  }

  private PluginFetcher fetcher(Pip pip) {
    return new PluginFetcher(host, pip);
  }

  private PluginException refusal(Pip pip) {
    return assertThrows(
        PluginException.class, () -> fetcher(pip).fetch(wheel, progress::add, bytes -> {}));
  }

  private List<String> cacheContents() throws IOException {
    Path cache = folder.resolve(".cache/hlo4j/plugins");
    try (Stream<Path> files = Files.list(cache)) {
      return files.map(file -> file.getFileName().toString()).sorted().toList();
    }
  }

  @Test
  void aWheelOnTheClassPathNeedsNoPip() throws IOException {
    Path classes = folder.resolve("classes");
    try (var classPath = new FakeClassPath(classes, wheel, Files.readAllBytes(wheelFile))) {
      Path library = fetcher(new Pip(List.of())).fetch(wheel, progress::add, bytes -> {});

      assertThat(Files.readString(library)).isEqualTo(FakePip.LIBRARY);
      assertThat(progress.get(0))
          .isEqualTo("hlo4j: unpacking the PJRT plugin small 1.0 from the class path, once");
      assertThat(classPath).isNotNull();
    }
  }

  @Test
  void anotherWheelOnTheClassPathIsRefused() throws IOException {
    try (var classPath = new FakeClassPath(folder.resolve("classes"), wheel, new byte[] {1, 2})) {
      assertThat(refusal(new Pip(List.of()))).hasMessageThat().contains("its SHA-256 is ");
      assertThat(classPath).isNotNull();
    }
  }

  @Test
  void aWheelIsDownloadedForAnArtifact() throws IOException {
    Path artifact = folder.resolve("artifact/META-INF/hlo4j");
    fetcher(fakePip.downloading(wheelFile)).download(wheel, artifact);
    fetcher(new Pip(List.of())).download(wheel, artifact);

    Path kept = artifact.resolve(wheel.key() + ".whl");
    assertThat(Files.readAllBytes(kept)).isEqualTo(Files.readAllBytes(wheelFile));
  }

  @Test
  void theFirstFetchDownloadsAndTheSecondIsSilent() throws IOException {
    Pip pip = fakePip.downloading(wheelFile);
    Path library = fetcher(pip).fetch(wheel, progress::add, bytes -> {});
    assertThat(library)
        .isEqualTo(
            folder.resolve(".cache/hlo4j/plugins").resolve(wheel.key()).resolve("libsmall.so"));
    assertThat(Files.readString(library)).isEqualTo(FakePip.LIBRARY);
    assertThat(progress).hasSize(2);
    assertThat(progress.get(0))
        .isEqualTo("hlo4j: fetching the PJRT plugin small 1.0 with pip, once");
    assertThat(progress.get(1)).matches("hlo4j: installed it in \\d+ s in " + library.getParent());

    progress.clear();
    assertThat(fetcher(pip).fetch(wheel, progress::add, bytes -> {})).isEqualTo(library);
    assertThat(progress).isEmpty();
    assertThat(fakePip.downloads()).isEqualTo(1);
  }

  @Test
  void onlyTheLibraryIsKept() throws IOException {
    Path library = fetcher(fakePip.downloading(wheelFile)).fetch(wheel, progress::add, bytes -> {});
    try (Stream<Path> files = Files.list(library.getParent())) {
      assertThat(files.map(file -> file.getFileName().toString()).toList())
          .containsExactly("libsmall.so", "manifest.properties");
    }
    assertThat(PosixFilePermissions.toString(Files.getPosixFilePermissions(library.getParent())))
        .isEqualTo("rwx------");
    assertThat(cacheContents()).containsExactly(wheel.key(), wheel.key() + ".lock");
  }

  @Test
  void afterTheFirstFetchNoPipIsNeeded() throws IOException {
    Path library = fetcher(fakePip.downloading(wheelFile)).fetch(wheel, progress::add, bytes -> {});
    assertThat(fetcher(new Pip(List.of())).fetch(wheel, progress::add, bytes -> {}))
        .isEqualTo(library);
  }

  @Test
  void pipIsAskedForTheExactWheelAndGivenNoIndex() throws IOException {
    Path requirements = folder.resolve("seen.txt");
    Pip pip =
        fakePip.doing(
            "cp \"$requirements\" '%s'; echo \"$*\" > '%s'; cp '%s' \"$dest/\""
                .formatted(requirements, fakePip.log(), wheelFile));
    assertThat(Files.exists(fetcher(pip).fetch(wheel, progress::add, bytes -> {}))).isTrue();
    assertThat(Files.readString(requirements)).isEqualTo(wheel.requirement() + "\n");
    String command = Files.readString(fakePip.log());
    assertThat(command)
        .startsWith("download --no-deps --only-binary=:all: --require-hashes --no-input ");
    assertThat(command).doesNotContain("index");
    assertThat(command).doesNotContain("http");
  }

  @Test
  void aTruncatedLibraryIsNoticedAndFetchedAgain() throws IOException {
    Pip pip = fakePip.downloading(wheelFile);
    Path library = fetcher(pip).fetch(wheel, progress::add, bytes -> {});
    Files.writeString(library, "not much");
    assertThat(fetcher(pip).cached(wheel).problem())
        .isEqualTo("is damaged: " + library + " has 8 of 21 bytes");

    assertThat(fetcher(pip).fetch(wheel, progress::add, bytes -> {})).isEqualTo(library);
    assertThat(Files.readString(library)).isEqualTo(FakePip.LIBRARY);
    assertThat(fakePip.downloads()).isEqualTo(2);
    assertThat(cacheContents()).containsExactly(wheel.key(), wheel.key() + ".lock");
  }

  @Test
  void aMissingLibraryOrManifestIsNoticed() throws IOException {
    Pip pip = fakePip.downloading(wheelFile);
    Path library = fetcher(pip).fetch(wheel, progress::add, bytes -> {});
    CachedPlugin cached = fetcher(pip).cached(wheel);
    assertThat(cached.problem()).isNull();

    Files.delete(library);
    assertThat(cached.problem()).startsWith("is damaged: ");
    Path repaired = fetcher(pip).fetch(wheel, progress::add, bytes -> {});
    Path manifest = repaired.resolveSibling("manifest.properties");
    Files.writeString(manifest, "wheel.sha256=\\u00zz\n");
    assertThat(cached.problem()).startsWith("is damaged: ");
    Files.writeString(manifest, "");
    assertThat(cached.problem()).isEqualTo("is damaged: its manifest is of another wheel");
    Files.delete(manifest);
    assertThat(cached.problem()).startsWith("is damaged: ");
  }

  @Test
  void anotherWheelThanThePinnedOneIsRefusedAndNothingIsKept() throws Exception {
    Path other = fakePip.wheelFile(Map.of("small/libsmall.so", "something evil"));
    Wheel evil = FakePip.pin(other);
    PluginException e = refusal(fakePip.downloading(other));
    assertThat(e)
        .hasMessageThat()
        .isEqualTo(
            "The wheel small 1.0 was rejected and deleted: its"
                + " SHA-256 is "
                + evil.sha256()
                + ", but must be "
                + wheel.sha256()
                + ".");
    assertThat(cacheContents()).containsExactly(wheel.key() + ".lock");
  }

  @Test
  void aWheelWithoutTheLibraryIsRefused() throws Exception {
    wheelFile = fakePip.wheelFile(Map.of("../small/libsmall.so", "x", "small/libsmall.so/", ""));
    wheel = FakePip.pin(wheelFile);
    assertThat(refusal(fakePip.downloading(wheelFile)))
        .hasMessageThat()
        .isEqualTo("The wheel small 1.0 has no library small/libsmall.so.");
    assertThat(cacheContents()).containsExactly(wheel.key() + ".lock");
  }

  @Test
  void theEndOfPipsOutputIsInTheMessage() throws IOException {
    Pip pip =
        fakePip.doing(
            "i=0; while [ $i -lt 40 ]; do echo line $i; i=$((i+1)); done\n"
                + "echo 'ERROR: no network' >&2; exit 3");
    PluginException e = refusal(pip);
    assertThat(e)
        .hasMessageThat()
        .startsWith(
            "Fetching the PJRT plugin small 1.0 failed: "
                + folder.resolve("pip")
                + " ended with status 3. The end of its output:\n    line 29\n");
    assertThat(e)
        .hasMessageThat()
        .contains(
            """
                ERROR: no network
            What to do, one of:
              - check that pip can reach its package index\
            """);
    assertThat(cacheContents()).containsExactly(wheel.key() + ".lock");
  }

  @Test
  void withoutPipTheMessageSaysWhatToDo() throws IOException {
    String broken = Files.move(Path.of(fakePip.script("p", "")), folder.resolve("pip3")).toString();
    Files.writeString(Path.of(broken), "#!/bin/sh\nexit 127\n");
    Pip pip = new Pip(List.of(List.of("hlo4j-no-such-pip"), List.of(broken, "-m", "pip")));
    assertThat(refusal(pip))
        .hasMessageThat()
        .isEqualTo(
            """
            Fetching the PJRT plugin requires pip, which was not found on the PATH. Tried: hlo4j-no-such-pip (not found), %s -m pip (status 127).
            What to do, one of:
              - install Python with pip and try again
              - set PJRT_PLUGIN_LIBRARY_PATH to the shared library of a PJRT plugin, or give its path to Pjrt.builder().plugin(…)\
            """
                .formatted(broken));
    assertThat(cacheContents()).containsExactly(wheel.key() + ".lock");
  }

  @Test
  void aPipThatLeavesNoWheelIsAnError() throws IOException {
    assertThat(refusal(fakePip.doing("exit 0")))
        .hasMessageThat()
        .isEqualTo(
            "Fetching the PJRT plugin small 1.0 failed: pip downloaded no wheel, or several.");
  }

  @Test
  void anotherMachineIsToldToGiveAPath() throws IOException {
    host =
        FakeHost.onLinux(folder)
            .property("os.name", "Mac OS X")
            .property("os.arch", "aarch64")
            .build();
    assertThat(refusal(fakePip.downloading(wheelFile)))
        .hasMessageThat()
        .startsWith(
            """
            The published CPU plugins are for Linux x86-64 only, and this is Mac OS X aarch64.
            What to do:
              - set PJRT_PLUGIN_LIBRARY_PATH to the shared library of a PJRT plugin\
            """);
    assertThat(fakePip.downloads()).isEqualTo(0);
  }

  @Test
  void aCacheThatCannotBeMadeIsNamed() throws IOException {
    Path file = Files.writeString(folder.resolve("file"), "");
    host = FakeHost.onLinux(folder).variable("XDG_CACHE_HOME", file).build();
    assertThat(refusal(fakePip.downloading(wheelFile)))
        .hasMessageThat()
        .startsWith(
            "Fetching the PJRT plugin small 1.0 into "
                + file.resolve("hlo4j/plugins").resolve(wheel.key())
                + " failed: ");
  }

  @Test
  void whatAKilledRunLeftIsCleanedUp() throws IOException {
    Pip pip = fakePip.downloading(wheelFile);
    Path cache = fetcher(pip).cached(wheel).cache();
    PrivateFiles.createFolders(cache);
    Path leftover =
        PrivateFiles.createTemporaryFolder(cache, fetcher(pip).cached(wheel).temporaryPrefix());
    Files.writeString(Files.createDirectory(leftover.resolve("prepared")).resolve("x"), "x");
    Path library = fetcher(pip).fetch(wheel, progress::add, bytes -> {});
    assertThat(Files.exists(library)).isTrue();
    assertThat(cacheContents()).containsExactly(wheel.key(), wheel.key() + ".lock");
  }

  @Test
  void manyThreadsDownloadOnce() throws Exception {
    Pip pip = fakePip.waiting(wheelFile);
    CountDownLatch begun = new CountDownLatch(8);
    ConcurrentLinkedQueue<String> lines = new ConcurrentLinkedQueue<>();
    List<Future<Path>> libraries = new ArrayList<>();
    try (ExecutorService threads = Executors.newFixedThreadPool(8)) {
      for (int i = 0; i < 8; i++) {
        libraries.add(
            threads.submit(
                () -> {
                  begun.countDown();
                  return fetcher(pip).fetch(wheel, lines::add, bytes -> {});
                }));
      }
      begun.await();
      fakePip.open();
    }
    for (Future<Path> library : libraries) {
      assertThat(Files.readString(library.get())).isEqualTo(FakePip.LIBRARY);
    }
    assertThat(lines).hasSize(2);
    assertThat(fakePip.downloads()).isEqualTo(1);
  }

  @Test
  void anInterruptEndsPipAndWhatItStarted() throws Exception {
    Pip pip =
        fakePip.doing(
            "tail -f /dev/null & echo $! > '%s.part'; mv '%s.part' '%s'; wait"
                .formatted(fakePip.log(), fakePip.log(), fakePip.log()));
    AtomicReference<PluginException> thrown = new AtomicReference<>();
    AtomicReference<Boolean> interrupted = new AtomicReference<>();
    Thread thread =
        Thread.ofPlatform()
            .start(
                () -> {
                  thrown.set(refusal(pip));
                  interrupted.set(Thread.currentThread().isInterrupted());
                });
    Await.until(() -> Files.exists(fakePip.log()));
    long child = Long.parseLong(Files.readString(fakePip.log()).strip());
    thread.interrupt();
    thread.join();
    assertThat(thrown.get())
        .hasMessageThat()
        .isEqualTo("Fetching the PJRT plugin small 1.0 was interrupted.");
    assertThat(interrupted.get()).isTrue();
    Await.until(() -> !lives(child));
    assertThat(cacheContents()).containsExactly(wheel.key() + ".lock");
  }

  private static boolean lives(long process) {
    return ProcessHandle.of(process).map(ProcessHandle::isAlive).orElse(false);
  }

  @Test
  void anInterruptEndsTheWaitForAnotherThread() throws Exception {
    Pip slow = fakePip.waiting(wheelFile);
    AtomicReference<PluginException> thrown = new AtomicReference<>();
    try (ExecutorService threads = Executors.newSingleThreadExecutor()) {
      Future<Path> first =
          threads.submit(() -> fetcher(slow).fetch(wheel, line -> {}, bytes -> {}));
      Await.until(() -> Files.exists(fakePip.log()));
      Thread second = Thread.ofVirtual().start(() -> thrown.set(refusal(slow)));
      second.interrupt();
      second.join();
      assertThat(first.isDone()).isFalse();
      fakePip.open();
      assertThat(Files.readString(first.get())).isEqualTo(FakePip.LIBRARY);
    }
    assertThat(thrown.get()).hasMessageThat().endsWith("was interrupted.");
  }
}
