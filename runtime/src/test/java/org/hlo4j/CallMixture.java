package org.hlo4j;

import static com.google.common.truth.Truth.assertThat;

import java.util.List;
import java.util.Locale;
import java.util.Random;
import java.util.concurrent.atomic.AtomicLong;
import java.util.concurrent.atomic.AtomicReferenceArray;
import org.hlo4j.error.BufferStateException;
import org.hlo4j.type.ElementType;
import org.hlo4j.type.F32;
import org.hlo4j.type.Shape;
import org.jspecify.annotations.Nullable;

/**
 * What one thread does with a client that others use as well: at random, from a seed, everything
 * that a program may do with tensors, closing some twice and others never. Each number that it
 * reads is checked.
 */
final class CallMixture {
  static final Shape SMALL = Shape.of(ElementType.F32, 4);
  private static final Shape LARGE = Shape.of(ElementType.F32, 64, 128);
  private static final int CHAIN = 16;
  private static final int RARE = 2000;

  private static final Program DOUBLING =
      Program.of(
          """
          func.func @main(%x: tensor<4xf32>) -> tensor<4xf32> {
            %0 = stablehlo.add %x, %x : tensor<4xf32>
            return %0 : tensor<4xf32>
          }
          """);

  private static final Program DONATING =
      Program.of(
          """
          func.func @main(%x: tensor<4xf32> {tf.aliasing_output = 0 : i32}) -> tensor<4xf32> {
            %0 = stablehlo.add %x, %x : tensor<4xf32>
            return %0 : tensor<4xf32>
          }
          """);

  private static final Program FORWARDING =
      Program.of(
          """
          func.func @main(%x: tensor<4xf32>, %unused: tensor<4xf32>)
              -> (tensor<4xf32>, tensor<4xf32>, tensor<4xf32>) {
            %0 = stablehlo.add %x, %x : tensor<4xf32>
            return %x, %0, %0 : tensor<4xf32>, tensor<4xf32>, tensor<4xf32>
          }
          """);

  private static final Program ADDING =
      Program.of(
          """
          func.func @main(%x: tensor<4xf32>, %y: tensor<4xf32>) -> tensor<4xf32> {
            %0 = stablehlo.add %x, %y : tensor<4xf32>
            return %0 : tensor<4xf32>
          }
          """);

  private static final Program DONATING_BOTH =
      Program.of(
          """
          func.func @main(%x: tensor<4xf32> {tf.aliasing_output = 1 : i32},
              %y: tensor<4xf32> {tf.aliasing_output = 0 : i32})
              -> (tensor<4xf32>, tensor<4xf32>) {
            %0 = stablehlo.add %x, %x : tensor<4xf32>
            %1 = stablehlo.add %y, %y : tensor<4xf32>
            return %0, %1 : tensor<4xf32>, tensor<4xf32>
          }
          """);

  private static final Program ADDING_ON_BOTH = Program.of(ADDING.text(), 2, 1);
  private static final Program DONATING_ON_BOTH = Program.of(DONATING.text(), 2, 1);

  private static final Program COUNTING =
      Program.of(
          """
          func.func @main(%sum: tensor<4xi32> {tf.aliasing_output = 0 : i32}) -> tensor<4xi32> {
            %one = stablehlo.constant dense<1> : tensor<4xi32>
            %0 = stablehlo.add %sum, %one : tensor<4xi32>
            return %0 : tensor<4xi32>
          }
          """);

  private static final Program LARGE_DOUBLING =
      Program.of(
          """
          func.func @main(%x: tensor<64x128xf32> {tf.aliasing_output = 0 : i32})
              -> tensor<64x128xf32> {
            %0 = stablehlo.add %x, %x : tensor<64x128xf32>
            return %0 : tensor<64x128xf32>
          }
          """);

  /** What the threads have in common. */
  static final class Shared implements AutoCloseable {
    /** A tensor that any thread may close or donate while others use it. */
    private record Slot(BufferPromise<?> tensor, float value) {}

    private final Device device;
    private final Device other;
    private final List<Executable> executables;
    private final Ref<?> counter;
    private final AtomicLong counted = new AtomicLong();
    private final AtomicReferenceArray<@Nullable Slot> slots = new AtomicReferenceArray<>(4);
    private final Executable addingOnBoth;
    private final Executable donatingOnBoth;

    /** On both devices; always of ones. */
    private volatile ShardedBuffer<F32> onBoth;

    Shared(Pjrt client) {
      device = client.device(0);
      other = client.device(1);
      executables =
          List.of(
              device.compile(DOUBLING),
              device.compile(DONATING),
              device.compile(FORWARDING),
              device.compile(COUNTING),
              device.compile(LARGE_DOUBLING),
              device.compile(ADDING),
              device.compile(DONATING_BOTH));
      addingOnBoth = client.group(2).compile(ADDING_ON_BOTH);
      donatingOnBoth = client.group(2).compile(DONATING_ON_BOTH);
      onBoth = ones();
      counter = Ref.of(device.put(Shape.of(ElementType.I32, 4), new int[4]));
    }

    private ShardedBuffer<F32> ones() {
      return addingOnBoth.<F32>input(0).putEach(List.of(all(1), all(1)));
    }

    /** Checks what all threads together have counted. */
    void check() {
      int counts = Math.toIntExact(counted.get());
      assertThat(counter.toIntArray()).isEqualTo(new int[] {counts, counts, counts, counts});
    }

    @Override
    public void close() {
      counter.close();
      executables.forEach(Executable::close);
      onBoth.close();
      addingOnBoth.close();
      donatingOnBoth.close();
      for (int i = 0; i < slots.length(); i++) {
        slots.set(i, null);
      }
    }
  }

  private final Shared shared;
  private final Device device;
  private final Executable doubling;
  private final Executable donating;
  private final Executable forwarding;
  private final Executable counting;
  private final Executable largeDoubling;
  private final Executable adding;
  private final Executable donatingBoth;
  private final Random random;
  private final int thread;
  private int lastCount = -1;
  private int compiled;

  CallMixture(Shared shared, int thread) {
    this.shared = shared;
    this.device = shared.device;
    this.doubling = shared.executables.get(0);
    this.donating = shared.executables.get(1);
    this.forwarding = shared.executables.get(2);
    this.counting = shared.executables.get(3);
    this.largeDoubling = shared.executables.get(4);
    this.adding = shared.executables.get(5);
    this.donatingBoth = shared.executables.get(6);
    this.thread = thread;
    this.random = new Random(thread);
  }

  /** Does one thing, and answers how many calls that were. */
  int step() {
    if (random.nextInt(RARE) == 0) {
      return compileCallAndClose();
    }
    return switch (random.nextInt(18)) {
      case 0 -> donateAndRetain();
      case 1 -> forward();
      case 2 -> count();
      case 3 -> handOver();
      case 4 -> view();
      case 5 -> copyToTheOtherDevice();
      case 6 -> replaceShared();
      case 7, 8 -> useShared();
      case 9 -> drop();
      case 10 -> useTwoShared();
      case 11 -> useOnBoth();
      default -> chain();
    };
  }

  private static float[] all(float value) {
    return new float[] {value, value, value, value};
  }

  private float value() {
    return random.nextInt(1000);
  }

  private BufferPromise<?> put(float value) {
    return device.putAsync(SMALL, all(value));
  }

  private static BufferPromise<?> call(Executable executable, Tensor<?>... arguments) {
    return executable.executeAsync(arguments).get(0);
  }

  private void check(Tensor<?> tensor, float value) {
    if (random.nextBoolean()) {
      assertThat(tensor.toFloatArray()).isEqualTo(all(value));
    } else {
      assertThat(tensor.toFloatArrayAsync().value()).isEqualTo(all(value));
    }
  }

  /** Results that go on as promises; what they came from is closed while it may be in use. */
  private int chain() {
    float value = value();
    BufferPromise<?> x = put(value);
    for (int i = 0; i < CHAIN; i++) {
      BufferPromise<?> next = call(random.nextInt(4) == 0 ? donating : doubling, x);
      x.close();
      x.close();
      x = next;
      value *= 2;
    }
    check(x, value);
    x.close();
    return CHAIN;
  }

  private int donateAndRetain() {
    float value = value();
    BufferPromise<?> x = put(value);
    BufferPromise<?> kept = call(donating, x.retained());
    BufferPromise<?> taken = call(donating, x);
    assertThat(x.isClosed()).isTrue();
    check(kept, 2 * value);
    check(taken, 2 * value);
    kept.close();
    taken.close();
    return 2;
  }

  private int forward() {
    float value = value();
    BufferPromise<?> x = put(value);
    List<BufferPromise<?>> outputs = forwarding.executeAsync(x, x);
    BufferPromise<?> doubled = call(donating, outputs.get(random.nextInt(2) + 1));
    if (random.nextBoolean()) {
      x.close();
    }
    check(outputs.get(0), value);
    check(doubled, 4 * value);
    doubled.close();
    outputs.forEach(BufferPromise::close);
    x.close();
    return 2;
  }

  /** Each thread sees the sum grow, whoever adds to it. */
  private int count() {
    for (int i = 0; i < CHAIN; i++) {
      var unused = counting.executeAsync(shared.counter);
      shared.counted.incrementAndGet();
    }
    BufferPromise<?> seen = shared.counter.get();
    int now = seen.toIntArray()[0];
    seen.close();
    assertThat(now).isAtLeast(lastCount + CHAIN);
    lastCount = now;
    return CHAIN;
  }

  private static float[] large(float value) {
    float[] data = new float[64 * 128];
    data[0] = value;
    data[data.length - 1] = value;
    return data;
  }

  private int handOver() {
    float value = value();
    HostTensor<?> host = HostTensor.allocate(LARGE).set(large(value));
    BufferPromise<?> x = device.putAsync(host);
    host.close();
    assertThat(host.isClosed()).isTrue();
    BufferPromise<?> y = device.putAsync(LARGE, large(3 * value));
    try (BufferPromise<?> doubled = call(largeDoubling, x);
        HostTensor<?> read = doubled.toHostTensor()) {
      assertThat(read.toArray(float[].class)).isEqualTo(large(2 * value));
      assertThat(y.toFloatArray()).isEqualTo(large(3 * value));
    }
    y.close();
    return 1;
  }

  /** What is seen stays, whatever becomes of the tensor. */
  private int view() {
    float value = value();
    BufferPromise<?> x = put(value);
    try (TensorView<?> view = x.view()) {
      BufferPromise<?> doubled = call(donating, x);
      assertThat(view.toArray(float[].class)).isEqualTo(all(value));
      check(doubled, 2 * value);
      doubled.close();
    }
    x.close();
    return 1;
  }

  private int copyToTheOtherDevice() {
    float value = value();
    try (BufferPromise<?> x = put(value);
        BufferPromise<?> there = call(doubling, x).copyToAsync(shared.other);
        BufferPromise<?> back = there.copyToAsync(device)) {
      check(back, 2 * value);
    }
    return 1;
  }

  private int replaceShared() {
    float value = value();
    BufferPromise<?> fresh = call(doubling, put(value));
    Shared.Slot before =
        shared.slots.getAndSet(
            random.nextInt(shared.slots.length()), new Shared.Slot(fresh, 2 * value));
    if (before != null && random.nextBoolean()) {
      before.tensor().close();
    }
    return 1;
  }

  /** Others may close the tensor or give it away right now; then this is refused, and says so. */
  private int useShared() {
    Shared.Slot slot = shared.slots.get(random.nextInt(shared.slots.length()));
    if (slot == null) {
      return 0;
    }
    try {
      return useShared(slot);
    } catch (BufferStateException e) {
      assertThat(e).hasMessageThat().containsMatch("closed|spent|being donated");
      return 0;
    }
  }

  private int useShared(Shared.Slot slot) {
    switch (random.nextInt(5)) {
      case 0 -> check(slot.tensor(), slot.value());
      case 1 -> {
        try (TensorView<?> view = slot.tensor().view()) {
          assertThat(view.toArray(float[].class)).isEqualTo(all(slot.value()));
        }
      }
      case 2 -> slot.tensor().close();
      default -> {
        try (BufferPromise<?> doubled =
            call(random.nextBoolean() ? donating : doubling, slot.tensor())) {
          check(doubled, 2 * slot.value());
        }
        return 1;
      }
    }
    return 0;
  }

  /** Two tensors, or one twice, in any order, of which others may give away one or both. */
  private int useTwoShared() {
    Shared.Slot first = shared.slots.get(random.nextInt(shared.slots.length()));
    Shared.Slot second = shared.slots.get(random.nextInt(shared.slots.length()));
    if (first == null || second == null) {
      return 0;
    }
    try {
      if (random.nextInt(4) == 0 && !first.equals(second)) {
        List<BufferPromise<?>> both = donatingBoth.executeAsync(first.tensor(), second.tensor());
        check(both.get(0), 2 * first.value());
        check(both.get(1), 2 * second.value());
        both.forEach(BufferPromise::close);
      } else {
        try (BufferPromise<?> sum = call(adding, first.tensor(), second.tensor())) {
          check(sum, first.value() + second.value());
        }
      }
      return 1;
    } catch (BufferStateException e) {
      assertThat(e).hasMessageThat().containsMatch("closed|spent|being donated");
      return 0;
    }
  }

  /** On two devices, whose shards others may give away. */
  private int useOnBoth() {
    ShardedBuffer<F32> x = shared.onBoth;
    boolean donate = random.nextBoolean();
    try {
      Results results = donate ? shared.donatingOnBoth.start(x) : shared.addingOnBoth.start(x, x);
      try (ShardedPromise<F32> sum = results.shardedPromise(0)) {
        for (float[] replica : sum.toArrays(float[].class)) {
          assertThat(replica).isEqualTo(all(2));
        }
      }
      if (donate) {
        shared.onBoth = shared.ones();
      }
      return 1;
    } catch (BufferStateException e) {
      assertThat(e).hasMessageThat().containsMatch("closed|spent|being donated");
      return 0;
    }
  }

  /** Left to the garbage collector, some of it while it is being computed. */
  private int drop() {
    BufferPromise<?> x = put(value());
    var unusedRead = call(doubling, x).toFloatArrayAsync();
    var unusedPromise = call(donating, call(doubling, x));
    return 3;
  }

  /** The first call does not wait for the program, and the last ones meet its end. */
  private int compileCallAndClose() {
    float value = value();
    compiled++;
    Program program =
        Program.of(
            String.format(
                Locale.ROOT, "// thread %d, program %d%n%s", thread, compiled, DONATING.text()));
    BufferPromise<?> deferred = device.start(program, put(value)).promise(0);
    BufferPromise<?> next = call(doubling, deferred);
    var read = next.toFloatArrayAsync();
    deferred.close();
    next.close();
    float[] both = read.value();
    try (Executable executable = device.compile(program)) {
      assertThat(executable.execute(put(value)).get(0).toFloatArray()).isEqualTo(all(2 * value));
    }
    assertThat(both).isEqualTo(all(4 * value));
    return 3;
  }
}
