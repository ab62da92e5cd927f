package org.hlo4j.tests.compile;

import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.params.provider.Arguments;

/** Bodies that donate and do no wrong. */
final class RightFlows {
  private RightFlows() {}

  private static Arguments flow(String what, String members) {
    return Arguments.of(what, new FlowSource(members));
  }

  static Stream<Arguments> all() {
    return Stream.of(
            training(),
            assignments(),
            branches(),
            loops(),
            tries(),
            harmless(),
            records(),
            untracked(),
            elsewhere())
        .flatMap(List::stream);
  }

  private static List<Arguments> training() {
    return List.of(
        flow(
            "a training loop",
            """
            float f(Params params) {
              float loss = 0;
              for (int i = 0; i < 100; i++) {
                Step step = dense.step(params, put());
                params = step.params();
                loss = step.loss().toFloatArray()[0];
              }
              return loss + dense.predict(params).toFloatArray()[0];
            }
            """),
        flow(
            "a training loop that reads the loss of the step before",
            """
            void f(Params params) {
              Promise<float[]> previous = null;
              for (int epoch = 0; epoch < 3; epoch++) {
                for (float[] batch : new float[9][4]) {
                  DenseAsync.StepPromise step = later.step(params, put());
                  params = step.params();
                  if (previous != null) {
                    log(previous.value()[0], batch);
                  }
                  previous = step.loss().toFloatArrayAsync();
                }
              }
              if (previous != null) {
                log(previous.value()[0]);
              }
              log(dense.predict(params));
            }
            """),
        flow(
            "a step that is declared outside",
            """
            Step f(Params params) {
              Step step = null;
              do {
                step = dense.step(params, put());
                params = step.params();
              } while (step.loss().toFloatArray()[0] > 0.1f);
              return step;
            }
            """),
        flow(
            "a step that is carried over",
            """
            float[] f(Step step) {
              while (ready()) {
                step = dense.step(step.params(), put());
                log(step.loss());
              }
              return step.params().w().toFloatArray();
            }
            """),
        flow(
            "a stream of tensors",
            """
            List<DeviceBuffer<Vec>> f(List<Tensor<Vec>> all) {
              return all.stream().map(x -> dense.halve(x)).toList();
            }
            List<DeviceBuffer<Vec>> g(List<Tensor<Vec>> all) {
              return all.stream().map(dense::halve).toList();
            }
            """),
        flow(
            "promises in a chain",
            """
            Promise<float[]> f(BufferPromise<Vec> x) {
              BufferPromise<Vec> y = later.halve(x);
              BufferPromise<Vec> z = later.halve(later.add(y, y));
              return later.halve(later.halve(z)).toFloatArrayAsync();
            }
            """),
        flow(
            "what was ordered before",
            """
            float[] f(BufferPromise<Vec> x) {
              Promise<float[]> before = x.toFloatArrayAsync();
              BufferPromise<Vec> after = later.halve(x);
              log(after);
              return before.value();
            }
            """));
  }

  private static List<Arguments> assignments() {
    return List.of(
        flow(
            "a variable that gets the result",
            """
            Tensor<Vec> f(Tensor<Vec> x) {
              x = dense.halve(x);
              x = dense.halve(x);
              return x = later.halve(x);
            }
            """),
        flow(
            "a variable that gets something else before it is used",
            """
            void f(Tensor<Vec> x) {
              dense.halve(x);
              x = put();
              log(x);
            }
            """),
        flow(
            "a swap, and the right one of the two",
            """
            void f(Tensor<Vec> x, Tensor<Vec> y) {
              Tensor<Vec> t = x;
              x = y;
              y = t;
              dense.halve(x);
              log(y, t);
            }
            """),
        flow(
            "another name that gets something else",
            """
            void f(Tensor<Vec> x) {
              Tensor<Vec> y = x;
              y = put();
              dense.halve(y);
              log(x);
              y = x;
              x = put();
              dense.halve(x);
              log(y);
            }
            """),
        flow(
            "two buffers that take turns",
            """
            Tensor<Vec> f(Tensor<Vec> source, Tensor<Vec> scratch) {
              for (int i = 0; i < 9; i++) {
                Tensor<Vec> result = dense.addTo(source, scratch);
                scratch = source;
                source = result;
              }
              log(scratch);
              return source;
            }
            """),
        flow(
            "three buffers that take turns",
            """
            void f(Tensor<Vec> a, Tensor<Vec> b, Tensor<Vec> c) {
              while (ready()) {
                Tensor<Vec> next = dense.addInto(a, b);
                a = b;
                b = c;
                c = next;
              }
              log(a, b, c);
            }
            """),
        flow(
            "a variable that is declared in a loop",
            """
            void f() {
              for (int i = 0; i < 9; i++) {
                Tensor<Vec> x = put();
                Tensor<Vec> y;
                y = ready() ? dense.halve(x) : x;
                dense.halve(y);
              }
            }
            """),
        flow(
            "an argument before it is assigned",
            """
            void f(Tensor<Vec> x) {
              dense.add(x, x = dense.halve(put()));
              log(dense.add(x, x));
              dense.addTo(x, x = put());
            }
            """));
  }

  private static List<Arguments> branches() {
    return List.of(
        flow(
            "a donation that returns",
            """
            Tensor<Vec> f(Tensor<Vec> x) {
              if (ready()) {
                return dense.halve(x);
              }
              return dense.add(x, x);
            }
            """),
        flow(
            "a donation that throws",
            """
            void f(Tensor<Vec> x) {
              if (ready()) {
                throw new IllegalStateException(dense.halve(x).toString());
              }
              log(x);
            }
            """),
        flow(
            "one donation a branch",
            """
            Tensor<Vec> f(Tensor<Vec> x) {
              Tensor<Vec> y;
              if (ready()) {
                y = dense.halve(x);
              } else if (ready()) {
                y = dense.addInto(x, put());
              } else {
                y = x;
              }
              return y;
            }
            """),
        flow(
            "the other one on each branch",
            """
            void f(Tensor<Vec> x, Tensor<Vec> y) {
              Tensor<Vec> kept;
              if (ready()) {
                dense.halve(x);
                kept = y;
              } else {
                dense.halve(y);
                kept = x;
              }
              log(kept);
            }
            """),
        flow(
            "a conditional donation into the variable itself",
            """
            void f(Tensor<Vec> x) {
              x = ready() ? dense.halve(x) : x;
              if (ready()) {
                x = dense.halve(x);
              }
              log(x);
            }
            """),
        flow(
            "one case of a switch",
            """
            Tensor<Vec> f(Tensor<Vec> x, String mode) {
              switch (mode) {
                case "in place":
                  return dense.halve(x);
                case "fresh":
                  x = dense.halve(x);
                  break;
                default:
                  log(x);
              }
              return x;
            }
            """),
        flow(
            "arrows",
            """
            Tensor<Vec> f(Tensor<Vec> x, int n) {
              Tensor<Vec> y =
                  switch (n) {
                    case 0 -> x;
                    case 1 -> dense.halve(x);
                    case 2 -> {
                      Tensor<Vec> half = dense.halve(x);
                      yield dense.add(half, half);
                    }
                    default -> throw new IllegalArgumentException("" + x);
                  };
              return dense.halve(y);
            }
            """),
        flow(
            "patterns",
            """
            float[] f(Tensor<Vec> x) {
              return switch (x) {
                case BufferPromise<Vec> late when late.isReady() -> late.toFloatArray();
                case BufferPromise<Vec> late -> later.halve(late).toFloatArray();
                case DeviceBuffer<Vec> there -> dense.halve(there).toFloatArray();
                default -> x.toFloatArray();
              };
            }
            """),
        flow(
            "and, or",
            """
            boolean f(Tensor<Vec> x) {
              return ready() && dense.halve(x).isClosed() || ready();
            }
            """));
  }

  private static List<Arguments> loops() {
    return List.of(
        flow(
            "a search that donates at its end",
            """
            Tensor<Vec> f(Tensor<Vec> x) {
              for (int i = 0; i < 9; i++) {
                if (ready()) {
                  return dense.halve(x);
                }
              }
              return x;
            }
            """),
        flow(
            "a loop that ends with the donation",
            """
            void f(Tensor<Vec> x) {
              while (true) {
                if (ready()) {
                  dense.halve(x);
                  break;
                }
                log(x);
              }
            }
            """),
        flow(
            "one value a round",
            """
            void f(List<Tensor<Vec>> all) {
              for (Tensor<Vec> x : all) {
                dense.halve(x);
              }
              for (int i = 0; i < all.size(); i++) {
                Tensor<Vec> x = all.get(i);
                dense.halve(x);
              }
              for (var it = all.iterator(); it.hasNext(); ) {
                dense.halve(it.next());
              }
            }
            """),
        flow(
            "for with several variables",
            """
            void f(Tensor<Vec> start) {
              for (Tensor<Vec> x = start, y = put(); ready(); x = dense.addInto(x, y), y = put()) {
                log(x, y);
              }
            }
            """),
        flow(
            "labels",
            """
            void f(Tensor<Vec> x) {
              outer:
              for (;;) {
                for (int i = 0; i < 3; i++) {
                  if (ready()) {
                    x = dense.halve(x);
                    continue outer;
                  }
                  if (ready()) {
                    dense.halve(x);
                    break outer;
                  }
                }
                block: {
                  if (ready()) {
                    break block;
                  }
                  x = dense.halve(x);
                }
                log(x);
              }
            }
            """),
        flow(
            "each round begins anew",
            """
            void f(Tensor<Vec> x) {
              do {
                x = put();
                log(x);
                dense.halve(x);
              } while (ready());
            }
            """),
        flow(
            "loops in loops in loops",
            """
            void f(Tensor<Vec> x, Params params) {
              for (int i = 0; i < 3; i++) {
                Tensor<Vec> best = put();
                for (int j = 0; j < 3; j++) {
                  for (int k = 0; k < 3; k++) {
                    x = dense.addInto(x, best);
                    params = dense.step(params, x).params();
                  }
                  best = dense.addInto(best, params.w());
                }
              }
              log(x, params);
            }
            """));
  }

  private static List<Arguments> tries() {
    return List.of(
        flow(
            "trying again",
            """
            Tensor<Vec> f(Tensor<Vec> x) {
              for (int attempt = 0; ; attempt++) {
                try {
                  return dense.halve(x);
                } catch (org.hlo4j.error.HloException e) {
                  if (attempt == 3) {
                    throw e;
                  }
                }
              }
            }
            """),
        flow(
            "trying again until it works",
            """
            Tensor<Vec> f(Tensor<Vec> x) {
              boolean done = false;
              while (!done) {
                try {
                  x = dense.halve(x);
                  done = true;
                } catch (IllegalStateException e) {
                  log(x, e);
                }
              }
              return x;
            }
            """),
        flow(
            "another way when it fails",
            """
            Tensor<Vec> f(Tensor<Vec> x) {
              try {
                return dense.halve(x);
              } catch (IllegalStateException | IllegalArgumentException e) {
                return dense.add(x, x);
              } finally {
                log(x.isClosed());
              }
            }
            """),
        flow(
            "resources that close themselves",
            """
            float[] f() {
              try (DeviceBuffer<Vec> x = put();
                  DeviceBuffer<Vec> y = dense.halve(x)) {
                return y.toFloatArray();
              }
            }
            void g(DeviceBuffer<Vec> x) {
              try (x) {
                log(dense.halve(x));
              }
            }
            """),
        flow(
            "closing in the end",
            """
            void f(Tensor<Vec> x) {
              try {
                log(dense.halve(x));
              } finally {
                x.close();
              }
            }
            """),
        flow(
            "assigned in the end",
            """
            void f(Tensor<Vec> x) {
              for (int i = 0; i < 3; i++) {
                try {
                  log(dense.halve(x));
                  continue;
                } finally {
                  x = put();
                }
              }
              log(x);
            }
            """),
        flow(
            "synchronized",
            """
            void f(Tensor<Vec> x) {
              synchronized (x) {
                field = dense.halve(x);
              }
              synchronized (x) {
                x.close();
              }
            }
            """));
  }

  private static List<Arguments> harmless() {
    return List.of(
        flow(
            "what a spent tensor answers",
            """
            void f(Tensor<Vec> x, Tensor<Vec> y) {
              dense.halve(x);
              log(x.isClosed(), x.shape(), x.device(), x.getClass(), x.hashCode(), x.toString());
              log(x.equals(y), y.equals(x));
              x.close();
            }
            """),
        flow(
            "whether a spent promise is ready",
            """
            void f(BufferPromise<Vec> x) {
              BufferPromise<Vec> y = later.halve(x);
              while (!x.isReady() || !y.isReady()) {
                Thread.onSpinWait();
              }
            }
            """),
        flow(
            "comparisons and texts",
            """
            boolean f(Tensor<Vec> x, Tensor<Vec> y) {
              dense.halve(x);
              String text = "gone: " + x;
              text += x;
              log(text);
              return x == y || x != null && x instanceof DeviceBuffer;
            }
            """),
        flow(
            "another name that nobody uses",
            """
            void f(Tensor<Vec> x) {
              dense.halve(x);
              Tensor<Vec> y = x;
              y = put();
              log(y);
            }
            """),
        flow(
            "a reference to a method that does not read",
            """
            void f(Tensor<Vec> x) {
              dense.halve(x);
              Runnable close = x::close;
              Runnable other = () -> x.close();
              close.run();
              other.run();
            }
            """),
        flow(
            "parts of a spent record",
            """
            void f(Params params, Step step) {
              dense.step(params, put());
              params.w().close();
              log(params.b().isClosed(), params.b() == null, params.hashCode());
              dense.step(step.params(), put());
              log("" + step.params().w().shape());
            }
            """));
  }

  private static List<Arguments> records() {
    return List.of(
        flow(
            "the parts that are left",
            """
            void f(Step step) {
              dense.step(step.params(), put());
              log(step.loss());
              dense.halve(step.loss());
            }
            """),
        flow(
            "a record whose parts are donated one by one",
            """
            Params f(Params params) {
              return new Params(dense.halve(params.w()), dense.halve(params.b()));
            }
            """),
        flow(
            "a whole that is passed on after a part was donated",
            """
            void f(Step step) {
              dense.step(step.params(), put());
              log(step);
            }
            """),
        flow(
            "a record that is made again",
            """
            void f(Tensor<Vec> w, Tensor<Vec> b) {
              Params params = new Params(w, b);
              for (int i = 0; i < 9; i++) {
                Step step = dense.step(params, put());
                params = new Params(step.params().w(), put());
                log(step.params().b());
              }
              log(params);
            }
            """),
        flow(
            "a value in two records",
            """
            void f(Tensor<Vec> w) {
              Params one = new Params(w, put());
              Params other = new Params(w, put());
              dense.halve(one.b());
              dense.predict(other);
              dense.halve(other.b());
              log(w);
            }
            """),
        flow(
            "nested records of a user's",
            """
            record Chain(Tensor<Vec> x, Object rest) {}
            void f(Tensor<Vec> x) {
              Chain chain = new Chain(x, null);
              for (int i = 0; i < 9; i++) {
                chain = new Chain(put(), chain);
                dense.halve(chain.x());
              }
              log(x);
            }
            """),
        flow(
            "following a list to its end",
            """
            record Chain(Tensor<Vec> x, Chain rest) {}
            void f(Chain chain) {
              for (Chain c = chain; c != null; c = c.rest()) {
                dense.halve(c.x());
              }
            }
            """),
        flow(
            "record patterns",
            """
            float f(Object o) {
              return switch (o) {
                case Step(Params(var w, var b), var loss) when ready() ->
                    dense.add(dense.halve(w), b).toFloatArray()[0] + loss.toFloatArray()[0];
                case Step(Params params, var loss) -> dense.step(params, loss).hashCode();
                case Params params -> dense.predict(params).hashCode();
                default -> 0;
              };
            }
            """),
        flow(
            "promises of records",
            """
            void f(BufferPromise<Vec> x) {
              DenseAsync.ParamsPromise params = DenseKernels.async(x.device()).start(x);
              DenseAsync.StepPromise step = later.step(params.inFlight(), put());
              log(step.loss(), step.isReady(), step);
              dense.halve(step.params().w());
              Step there = step.value();
              log(there.loss());
              log(there.params().b());
            }
            """),
        flow(
            "generic records",
            """
            record Pair<A, B>(A first, B second) {}
            <T extends Tensor<Vec>> void f(Pair<T, Pair<T, Step>> pair) {
              dense.halve(pair.first());
              dense.halve(pair.second().first());
              dense.step(pair.second().second().params(), put());
              log(pair.second().second().loss());
            }
            """));
  }

  private static List<Arguments> untracked() {
    return List.of(
        flow(
            "fields",
            """
            static Tensor<Vec> shared;
            void f() {
              dense.halve(field);
              log(field);
              dense.halve(this.field);
              log(this.field, shared);
            }
            """),
        flow(
            "arrays, lists, and maps",
            """
            void f(Tensor<Vec>[] array, List<Tensor<Vec>> list, Map<String, Tensor<Vec>> map) {
              dense.halve(array[0]);
              array[0] = dense.halve(array[0]);
              dense.halve(list.get(0));
              log(list.get(0), array[0]);
              map.computeIfPresent("x", (name, x) -> dense.halve(x));
              map.replaceAll((name, x) -> dense.halve(x));
            }
            """),
        flow(
            "what methods answer",
            """
            Tensor<Vec> next() { return field; }
            void f() {
              dense.halve(next());
              dense.halve(next());
              dense.addInto(put(), put());
            }
            """),
        flow(
            "an object's own record methods",
            """
            record Holder(Dense dense, Params params) {
              Step step(Tensor<Vec> x) {
                return dense.step(params, x);
              }
              Step twice(Tensor<Vec> x) {
                dense().step(params(), x);
                return dense().step(this.params(), x);
              }
            }
            """),
        flow(
            "a method of the same name that takes nothing away",
            """
            void halve(Tensor<Vec> x) {}
            void f(Tensor<Vec> x) {
              halve(x);
              halve(x);
              this.halve(x);
            }
            """),
        flow(
            "null",
            """
            void f() {
              Tensor<Vec> x = null;
              dense.halve(null);
              dense.halve(x == null ? put() : x);
            }
            """));
  }

  private static List<Arguments> elsewhere() {
    return List.of(
        flow(
            "what a lambda donates",
            """
            Runnable f(Tensor<Vec> x) {
              Runnable spend = () -> dense.halve(x);
              log(x);
              return spend;
            }
            """),
        flow(
            "what a lambda gets",
            """
            void f(List<Tensor<Vec>> all) {
              all.forEach(x -> log(dense.halve(x)));
              all.forEach(
                  x -> {
                    Tensor<Vec> y = dense.halve(x);
                    y = dense.halve(y);
                    log(y);
                  });
              Function<Tensor<Vec>, Tensor<Vec>> twice = x -> dense.halve(dense.halve(x));
              log(twice);
            }
            """),
        flow(
            "lambdas that return",
            """
            void f(Tensor<Vec> x) {
              Supplier<Tensor<Vec>> maybe =
                  () -> {
                    if (ready()) {
                      return dense.halve(x);
                    }
                    return x;
                  };
              log(maybe.get());
              dense.halve(x);
            }
            """),
        flow(
            "what a local class donates",
            """
            Object f(Tensor<Vec> x) {
              class Spender {
                Tensor<Vec> spend() {
                  return dense.halve(x);
                }
              }
              Object anonymous = new Object() {
                Tensor<Vec> half = dense.halve(x);
                @Override public String toString() {
                  return half.toString();
                }
              };
              record Local(Tensor<Vec> y) {
                Local(Tensor<Vec> y) {
                  this.y = y;
                }
              }
              log(x, new Spender(), new Local(x).y());
              return anonymous;
            }
            """),
        flow(
            "asynchronous code",
            """
            void f(BufferPromise<Vec> x) {
              x.onReady((there, error) -> log(dense.halve(there)));
              CompletableFuture<DeviceBuffer<Vec>> half =
                  x.toCompletableFuture().thenApply(dense::halve).thenApply(y -> dense.halve(y));
              log(half);
            }
            """),
        flow(
            "several constructors and initializers",
            """
            final Tensor<Vec> first;
            Tensor<Vec> second = put();
            { second = dense.halve(second); }
            User(Tensor<Vec> x) {
              this(dense0().halve(x), 1);
            }
            User(Tensor<Vec> x, int unused) {
              this.first = x;
              second = dense.halve(x);
            }
            static Dense dense0() { return null; }
            """));
  }
}
