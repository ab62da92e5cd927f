package org.hlo4j.tests;

import static com.google.common.truth.Truth.assertThat;

import java.io.File;
import java.io.IOException;
import java.lang.ref.WeakReference;
import java.net.MalformedURLException;
import java.net.URL;
import java.net.URLClassLoader;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import org.hlo4j.BufferPromise;
import org.hlo4j.Device;
import org.hlo4j.DeviceBuffer;
import org.hlo4j.Pjrt;
import org.hlo4j.Promise;
import org.junit.jupiter.api.Test;

/** What the library does by threads: it needs no virtual thread, and leaves no thread behind. */
final class LibraryThreadsTest {
  private static final String NATIVE = "--enable-native-access=ALL-UNNAMED";

  /** Uses everything that waits while a virtual thread keeps the only carrier busy. */
  public static final class BusyCarriers {
    private static volatile boolean busy;
    private static volatile boolean ended;

    private BusyCarriers() {}

    /** Prints what it has done. Would wait for ever for something that needs the carrier. */
    public static void main(String[] args)
        throws InterruptedException, ExecutionException, TimeoutException {
      Thread spinning =
          Thread.startVirtualThread(
              () -> {
                busy = true;
                while (!ended) {
                  Thread.onSpinWait();
                }
              });
      while (!busy) {
        Thread.onSpinWait();
      }
      try (Pjrt client = Pjrt.builder().withoutCache().open()) {
        System.out.println(use(client.device()));
      }
      ended = true;
      spinning.join();
    }

    private static List<Object> use(Device device)
        throws InterruptedException, ExecutionException, TimeoutException {
      DeviceBuffer<Vec> x = device.put(Vec.class, new float[] {1, 2, 3, 4});
      ArithmeticAsync async = ArithmeticKernels.async(device);
      List<Object> read = new ArrayList<>();
      read.add(ArithmeticKernels.sync(device).add(x, x).toFloatArray()[0]);
      BufferPromise<Vec> deferred =
          async.addInto(async.twiceInPlace(x), device.put(Vec.class, new float[4]));
      read.add(deferred.toFloatArrayAsync().value()[1]);
      read.add(deferred.toHostTensorAsync().value().toArray(float[].class)[2]);
      read.add(deferred.toCompletableFuture().join().toFloatArray()[3]);
      read.add(deferred.toFloatArrayAsync().toCompletableFuture().get()[0]);
      read.add(deferred.toFloatArrayAsync().toCompletableFuture().get(1, TimeUnit.DAYS)[1]);
      read.add(
          deferred
              .toCompletableFuture()
              .thenApply(DeviceBuffer::toFloatArray)
              .thenCombine(CompletableFuture.completedFuture(1), (values, i) -> values[2])
              .join());
      read.add(
          Promise.all(List.of(deferred, deferred))
              .toCompletableFuture()
              .thenApply(v -> "all")
              .get());
      Void unused = ArithmeticKernels.prepare(device).value();
      return read;
    }
  }

  @Test
  void nothingThatWaitsNeedsAVirtualThread() throws IOException, InterruptedException {
    String printed =
        ChildJvm.run(
            BusyCarriers.class,
            NATIVE,
            "-Djdk.virtualThreadScheduler.parallelism=1",
            "-Djdk.virtualThreadScheduler.maxPoolSize=1");

    assertThat(printed.lines().toList().getLast())
        .isEqualTo("[2.0, 4.0, 6.0, 8.0, 2.0, 4.0, 6.0, all]");
  }

  /** Uses a client; loaded anew by a class loader of its own, as a redeployed application is. */
  public static final class Application implements Runnable {
    @Override
    public void run() {
      Pjrt client = Pjrt.open();
      Device device = client.device();
      ArithmeticAsync async = ArithmeticKernels.async(device);
      DeviceBuffer<Vec> x = device.put(Vec.class, new float[] {1, 2, 3, 4});
      for (int i = 0; i < 50; i++) {
        async.add(x, x).onReady((value, thrown) -> {});
      }
      assertThat(x.view().isZeroCopy()).isTrue();
      assertThat(async.add(x, x).toFloatArrayAsync().value()).hasLength(4);
      client.close();
    }
  }

  /** Loads the application and the library again and again. */
  public static final class Reloading {
    private static final int TIMES = 5;
    private static final int COLLECTIONS = 200;
    private static final long STEP_MILLIS = 100;

    private Reloading() {}

    /** Prints how many of the class loaders are still there, and which threads. */
    public static void main(String[] args) throws Exception {
      List<WeakReference<ClassLoader>> loaders = new ArrayList<>();
      for (int i = 0; i < TIMES; i++) {
        loaders.add(runOnce());
      }
      // A view that nobody has closed keeps its client until it is collected.
      for (int i = 0; i < COLLECTIONS && alive(loaders) > 0; i++) {
        System.gc();
        for (Thread thread : libraryThreads()) {
          thread.join(STEP_MILLIS);
        }
      }
      System.out.println("alive " + alive(loaders) + ", threads " + libraryThreads());
    }

    private static WeakReference<ClassLoader> runOnce() throws Exception {
      try (URLClassLoader loader =
          new URLClassLoader(urls(), ClassLoader.getPlatformClassLoader())) {
        Runnable application =
            (Runnable)
                loader
                    .loadClass(Application.class.getName())
                    .getDeclaredConstructor()
                    .newInstance();
        application.run();
        return new WeakReference<>(loader);
      }
    }

    private static URL[] urls() throws MalformedURLException {
      List<URL> urls = new ArrayList<>();
      for (String entry : System.getProperty("java.class.path").split(File.pathSeparator, -1)) {
        urls.add(Path.of(entry).toUri().toURL());
      }
      return urls.toArray(URL[]::new);
    }

    private static List<Thread> libraryThreads() {
      return Thread.getAllStackTraces().keySet().stream()
          .filter(thread -> thread.getName().startsWith("hlo4j-"))
          .toList();
    }

    private static long alive(List<WeakReference<ClassLoader>> loaders) {
      return loaders.stream().filter(loader -> !loader.refersTo(null)).count();
    }
  }

  @Test
  void theLastClientTakesTheLibrarysThreadsWithIt() throws IOException, InterruptedException {
    // The JDK keeps the last loader softly, in a cache of method handles.
    String printed = ChildJvm.run(Reloading.class, NATIVE, "-XX:SoftRefLRUPolicyMSPerMB=0");

    assertThat(printed.lines().toList().getLast()).isEqualTo("alive 0, threads []");
  }
}
