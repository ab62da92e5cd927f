package org.hlo4j.examples.serve;

import static com.google.common.truth.Truth.assertThat;
import static org.junit.jupiter.api.Assertions.assertThrows;

import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.RejectedExecutionException;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

/** Requests are gathered, and each gets what is its own. */
final class BatcherTest {
  private static final Duration LONG = Duration.ofDays(1);

  private final List<List<Integer>> batches = new CopyOnWriteArrayList<>();

  private List<Integer> twice(List<Integer> inputs) {
    batches.add(inputs);
    return inputs.stream().map(input -> 2 * input).toList();
  }

  private static Batcher.Limits limits(int batch, Duration wait) {
    return new Batcher.Limits(batch, wait, 100);
  }

  @Test
  void aFullBatchStartsAtOnce() {
    try (Batcher<Integer, Integer> batcher = new Batcher<>(limits(4, LONG), this::twice)) {
      List<CompletableFuture<Integer>> answers =
          IntStream.range(0, 8).mapToObj(batcher::submit).toList();

      for (int i = 0; i < 8; i++) {
        assertThat(answers.get(i).join()).isEqualTo(2 * i);
      }
      assertThat(batches).containsExactly(List.of(0, 1, 2, 3), List.of(4, 5, 6, 7)).inOrder();
      assertThat(batcher.meanBatch()).isEqualTo(4.0);
    }
  }

  @Test
  void aRequestDoesNotWaitForOthersForEver() {
    try (Batcher<Integer, Integer> batcher =
        new Batcher<>(limits(4, Duration.ofMillis(1)), this::twice)) {
      assertThat(batcher.submit(21).join()).isEqualTo(42);
    }
    assertThat(batches).containsExactly(List.of(21));
  }

  @Test
  void whatCannotWaitIsRejected() throws InterruptedException {
    CountDownLatch started = new CountDownLatch(1);
    CountDownLatch goOn = new CountDownLatch(1);
    Batcher<Integer, Integer> batcher =
        new Batcher<>(
            new Batcher.Limits(1, Duration.ZERO, 3),
            inputs -> {
              started.countDown();
              await(goOn);
              return inputs;
            });
    List<CompletableFuture<Integer>> answers = new ArrayList<>();
    answers.add(batcher.submit(0));
    started.await();
    IntStream.range(1, 4).forEach(i -> answers.add(batcher.submit(i)));

    assertThat(assertThrows(RejectedExecutionException.class, () -> batcher.submit(9)))
        .hasMessageThat()
        .isEqualTo("3 requests are waiting already");
    goOn.countDown();
    assertThat(answers.stream().map(CompletableFuture::join).toList())
        .containsExactly(0, 1, 2, 3)
        .inOrder();
    assertThat(batcher.submit(7).join()).isEqualTo(7);
    batcher.close();
  }

  private static void await(CountDownLatch latch) {
    try {
      latch.await();
    } catch (InterruptedException e) {
      throw new AssertionError(e);
    }
  }

  @Test
  void aFailureIsThatOfTheRequestThatCausedIt() {
    try (Batcher<Integer, Integer> batcher =
        new Batcher<>(
            limits(4, LONG),
            inputs -> {
              if (inputs.contains(2)) {
                throw new IllegalArgumentException("not 2");
              }
              return twice(inputs);
            })) {
      List<CompletableFuture<Integer>> answers =
          IntStream.range(0, 4).mapToObj(batcher::submit).toList();

      assertThat(answers.get(0).join()).isEqualTo(0);
      assertThat(answers.get(1).join()).isEqualTo(2);
      assertThat(answers.get(3).join()).isEqualTo(6);
      CompletionException failed = assertThrows(CompletionException.class, answers.get(2)::join);
      assertThat(failed).hasCauseThat().hasMessageThat().isEqualTo("not 2");
    }
  }

  @Test
  void closingAnswersWhatIsThere() {
    Batcher<Integer, Integer> batcher = new Batcher<>(limits(100, LONG), this::twice);
    CompletableFuture<Integer> answer = batcher.submit(5);

    batcher.close();
    batcher.close();

    assertThat(answer.join()).isEqualTo(10);
    assertThat(assertThrows(RejectedExecutionException.class, () -> batcher.submit(1)))
        .hasMessageThat()
        .isEqualTo("the server is shutting down");
  }
}
