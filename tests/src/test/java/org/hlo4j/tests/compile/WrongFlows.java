package org.hlo4j.tests.compile;

import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.params.provider.Arguments;

/** Bodies that use values after they were donated. */
final class WrongFlows {
  private WrongFlows() {}

  private static Arguments flow(String what, String members) {
    return Arguments.of(what, new FlowSource(members));
  }

  static Stream<Arguments> all() {
    return Stream.of(
            straight(),
            aliases(),
            arguments(),
            branches(),
            loops(),
            jumps(),
            tries(),
            records(),
            promises(),
            nested())
        .flatMap(List::stream);
  }

  private static List<Arguments> straight() {
    return List.of(
        flow(
            "a variable",
            """
            void f() {
              Tensor<Vec> x = put();
              dense.halve(x);
              log(/*spent*/x);
            }
            """),
        flow(
            "a parameter",
            """
            float[] f(Tensor<Vec> x) {
              DeviceBuffer<Vec> half = dense.halve(x);
              return dense.add(/*spent*/x, half).toFloatArray();
            }
            """),
        flow(
            "a read",
            """
            float[] f(DeviceBuffer<Vec> x) {
              dense.halve(x);
              return /*spent*/x.toFloatArray();
            }
            """),
        flow(
            "a second donation",
            """
            void f(Tensor<Vec> x) {
              dense.halve(x);
              dense.halve(/*spent*/x);
            }
            """),
        flow(
            "only the first use is reported",
            """
            void f(Tensor<Vec> x) {
              dense.halve(x);
              log(/*spent*/x);
              log(x);
              dense.halve(x);
              log(x);
            }
            """),
        flow(
            "a result",
            """
            Tensor<Vec> f(Tensor<Vec> x) {
              dense.halve(x);
              return /*spent*/x;
            }
            """),
        flow(
            "what goes into a field, an array, a list",
            """
            Tensor<Vec> f(Tensor<Vec> x, Tensor<Vec> y, Tensor<Vec> z) {
              dense.halve(x);
              dense.halve(y);
              dense.halve(z);
              field = /*spent*/x;
              Tensor<?>[] array = {/*spent*/y};
              log(java.util.List.of(/*spent*/z));
              log((Object) array);
              return field;
            }
            """),
        flow(
            "what an initializer donates",
            """
            {
              Tensor<Vec> x = put();
              dense.halve(x);
              log(/*spent*/x);
            }
            User() {
              DeviceBuffer<Vec> x = put();
              field = dense.halve(x);
              log(/*spent*/x);
            }
            """),
        flow(
            "a constructor that takes away",
            """
            record Holder(Tensor<Vec> x) {}
            static class Owner {
              Owner(@Donated Tensor<Vec> x) {}
            }
            void f(Tensor<Vec> x) {
              log(new Owner(x), /*spent*/x);
            }
            """),
        flow(
            "a method of the user's that takes away",
            """
            void train(int steps, @Donated Tensor<Vec> x) {}
            void f(Tensor<Vec> x) {
              this.train(1, x);
              log(/*spent*/x);
            }
            """),
        flow(
            "a method through a subtype, and an override that says nothing",
            """
            interface Sub extends Dense {}
            abstract static class Middle implements Sub {
              @Override public DeviceBuffer<Vec> halve(Tensor<Vec> x) { return null; }
            }
            abstract static class Lowest extends Middle {
              @Override public DeviceBuffer<Vec> halve(Tensor<Vec> x) { return null; }
            }
            void f(Sub sub, Middle middle, Lowest lowest, Tensor<Vec> x, Tensor<Vec> y, Tensor<Vec> z) {
              sub.halve(x);
              log(/*spent*/x);
              middle.halve(y);
              log(/*spent*/y);
              lowest.halve(z);
              log(/*spent*/z);
            }
            """),
        flow(
            "generic and static methods",
            """
            static <T extends Tensor<Vec>> void eat(@Donated T x) {}
            <T extends Tensor<Vec>> void f(T x, DeviceBuffer<Vec> y) {
              eat(x);
              log(/*spent*/x);
              User.<DeviceBuffer<Vec>>eat(y);
              log(/*spent*/y);
            }
            """));
  }

  private static List<Arguments> aliases() {
    return List.of(
        flow(
            "another name",
            """
            void f(Tensor<Vec> x) {
              Tensor<Vec> y = x;
              dense.halve(y);
              log(/*spent*/x);
            }
            """),
        flow(
            "another name, the other way",
            """
            void f(Tensor<Vec> x) {
              Tensor<Vec> y;
              y = (x);
              dense.halve(x);
              log(/*spent*/y);
            }
            """),
        flow(
            "casts, other types, and the promise's value",
            """
            void f(BufferPromise<Vec> x, BufferPromise<Vec> y, BufferPromise<Vec> z) {
              DeviceBuffer<Vec> there = x.value();
              dense.halve(x);
              log(/*spent*/there);
              dense.halve((Tensor<Vec>) y);
              log(/*spent*/y);
              dense.halve(z.as(Vec.class));
              log(/*spent*/z);
            }
            """),
        flow(
            "a chain of names",
            """
            void f(Tensor<Vec> x) {
              Tensor<Vec> a = x, b = a;
              Object c;
              Tensor<Vec> d;
              c = d = b;
              dense.halve(d);
              log(/*spent*/c);
            }
            """),
        flow(
            "one of two",
            """
            void f(Tensor<Vec> x, Tensor<Vec> y) {
              Tensor<Vec> z = ready() ? x : y;
              dense.halve(z);
              log(/*maybe*/x);
              log(/*maybe*/y);
            }
            """),
        flow(
            "one of two, whichever it was",
            """
            void f(Tensor<Vec> x, Tensor<Vec> y) {
              Tensor<Vec> z = ready() ? x : y;
              dense.halve(z);
              log(/*spent*/z);
            }
            """),
        flow(
            "one of two as an argument",
            """
            void f(Tensor<Vec> x, Tensor<Vec> y) {
              dense.halve(ready() ? x : y);
              log(/*maybe*/x);
            }
            """),
        flow(
            "each of two on its own way",
            """
            void f(Tensor<Vec> x, Tensor<Vec> y) {
              dense.halve(x);
              log(ready() ? /*spent*/x : y);
            }
            """),
        flow(
            "pattern variables",
            """
            void f(Tensor<Vec> x, Object y) {
              if (x instanceof DeviceBuffer<Vec> buffer) {
                dense.halve(buffer);
                log(/*spent*/x);
              }
              if (!(y instanceof DeviceBuffer<?> other)) {
                return;
              }
              dense.halve(other.as(Vec.class));
              log(/*spent*/y);
            }
            """),
        flow(
            "a swap",
            """
            void f(Tensor<Vec> x, Tensor<Vec> y) {
              Tensor<Vec> t = x;
              x = y;
              y = t;
              dense.halve(x);
              log(y, /*spent*/x);
            }
            """));
  }

  private static List<Arguments> arguments() {
    return List.of(
        flow(
            "one value twice in a call",
            """
            void f(Tensor<Vec> x, Tensor<Vec> y) {
              dense.addInto(x, /*spent*/x);
              dense.addTo(/*spent*/y, y);
            }
            """),
        flow(
            "one value twice in a call, by another name",
            """
            void f(Tensor<Vec> x) {
              Tensor<Vec> y = x;
              log(dense.addInto(x, /*spent*/y));
            }
            """),
        flow(
            "two donations of one value in a call",
            """
            static void both(@Donated Tensor<Vec> x, @Donated Tensor<Vec> y) {}
            void f(Tensor<Vec> x) {
              both(x, /*spent*/x);
            }
            """),
        flow(
            "an argument that a later argument donates",
            """
            void f(Tensor<Vec> x) {
              dense.add(/*spent*/x, dense.halve(x));
            }
            """),
        flow(
            "an argument that an earlier argument donates",
            """
            void f(Tensor<Vec> x) {
              dense.add(dense.halve(x), /*spent*/x);
            }
            """),
        flow(
            "the receiver of a call whose argument donates it",
            """
            void f(DeviceBuffer<Vec> x) {
              /*spent*/x.copyTo(java.lang.foreign.MemorySegment.ofArray(
                  dense.halve(x).toFloatArray()));
            }
            """),
        flow(
            "what a call's argument is evaluated to before a later one assigns",
            """
            void f(Tensor<Vec> x) {
              dense.addInto(x, x = put());
              log(x);
              Tensor<Vec> y = x;
              dense.addInto(x, x = put());
              log(/*spent*/y);
            }
            """),
        flow(
            "kernels with the names of harmless methods",
            """
            interface Odd {
              Tensor<Vec> equals(@Donated Tensor<Vec> x);
              Tensor<Vec> shape(Tensor<Vec> x);
              Tensor<Vec> value(@Donated Tensor<Vec> x, Tensor<Vec> y);
            }
            void f(Odd odd, Tensor<Vec> x) {
              odd.equals(x);
              log(odd.value(put(), odd.shape(put())));
              odd.shape(/*spent*/x);
            }
            """),
        flow(
            "varargs",
            """
            static void all(@Donated Tensor<?>... x) {}
            void f(Tensor<Vec> x, Tensor<Vec> y, Tensor<Vec> z) {
              all(x, y);
              log(/*spent*/y, z);
              log(/*spent*/x);
            }
            """));
  }

  private static List<Arguments> branches() {
    return List.of(
        flow(
            "one branch",
            """
            void f(Tensor<Vec> x) {
              if (ready()) {
                dense.halve(x);
              }
              log(/*maybe*/x);
              log(x);
            }
            """),
        flow(
            "both branches",
            """
            void f(Tensor<Vec> x) {
              if (ready()) {
                dense.halve(x);
              } else {
                later.halve(x);
              }
              log(/*spent*/x);
            }
            """),
        flow(
            "in the branch, and after it",
            """
            void f(Tensor<Vec> x) {
              if (ready()) {
                dense.halve(x);
                log(/*spent*/x);
              }
              log(x);
            }
            """),
        flow(
            "a branch that returns",
            """
            void f(Tensor<Vec> x) {
              if (ready()) {
                return;
              } else {
                dense.halve(x);
              }
              log(/*spent*/x);
            }
            """),
        flow(
            "and, or",
            """
            void f(Tensor<Vec> x, Tensor<Vec> y, Tensor<Vec> z) {
              boolean a = ready() && dense.halve(x).isClosed();
              boolean b = ready() || dense.halve(y).isClosed();
              boolean c = ready() | dense.halve(z).isClosed();
              log(a, b, c);
              log(/*maybe*/x);
              log(/*maybe*/y);
              log(/*spent*/z);
            }
            """),
        flow(
            "an assertion",
            """
            void f(Tensor<Vec> x) {
              assert dense.halve(x) != null : "gone";
              log(/*maybe*/x);
            }
            """),
        flow(
            "a switch that falls through",
            """
            @SuppressWarnings("fallthrough")
            void f(Tensor<Vec> x, Tensor<Vec> y, int n) {
              switch (n) {
                case 1:
                  dense.halve(x);
                case 2:
                  log(/*maybe*/x);
                  break;
                case 3:
                  dense.halve(y);
                  return;
                default:
                  log(x);
              }
              log(y);
            }
            """),
        flow(
            "each case of a switch",
            """
            void f(Tensor<Vec> x, Tensor<Vec> y, int n) {
              switch (n) {
                case 1 -> dense.halve(x);
                case 2 -> { later.halve(x); dense.halve(y); }
                default -> throw new IllegalStateException();
              }
              log(/*spent*/x);
              switch (n) {
                case 1 -> log(y = put());
                case 2 -> log(/*maybe*/y);
              }
            }
            """),
        flow(
            "a switch without a default",
            """
            void f(Tensor<Vec> x, int n) {
              switch (n) {
                case 1 -> dense.halve(x);
                case 2 -> later.halve(x);
              }
              log(/*maybe*/x);
            }
            """),
        flow(
            "a switch expression",
            """
            void f(Tensor<Vec> x, Tensor<Vec> y, int n) {
              Tensor<Vec> z =
                  switch (n) {
                    case 1 -> dense.halve(x);
                    case 2 -> {
                      dense.halve(y);
                      yield x;
                    }
                    default -> y;
                  };
              log(/*maybe*/y);
              dense.halve(z);
              log(/*maybe*/x);
            }
            """),
        flow(
            "an old switch expression",
            """
            Tensor<Vec> f(Tensor<Vec> x, int n) {
              return switch (n) {
                case 1:
                  dense.halve(x);
                  yield /*spent*/x;
                default:
                  yield x;
              };
            }
            """),
        flow(
            "patterns in a switch",
            """
            void f(Tensor<Vec> x) {
              switch (x) {
                case DeviceBuffer<Vec> there when ready() -> dense.halve(there);
                case DeviceBuffer<Vec> there -> {
                  later.halve(x);
                  log(/*spent*/there);
                  return;
                }
                case BufferPromise<Vec> late -> dense.halve(late.value());
                default -> dense.halve(x);
              }
              log(/*spent*/x);
            }
            """),
        flow(
            "more branches than are told apart",
            """
            void f(Tensor<Vec> a, Tensor<Vec> b, Tensor<Vec> c, Tensor<Vec> d, Tensor<Vec> e,
                Tensor<Vec> g, Tensor<Vec> h) {
              dense.halve(a);
              if (ready()) { dense.halve(b); }
              if (ready()) { dense.halve(c); }
              if (ready()) { dense.halve(d); }
              if (ready()) { dense.halve(e); }
              if (ready()) { dense.halve(g); }
              Tensor<Vec> i = ready() ? a : h;
              if (ready()) { h = put(); }
              log(/*maybe*/g);
              log(/*maybe*/b);
              log(h, /*maybe*/i);
              log(/*spent*/a);
            }
            """));
  }

  private static List<Arguments> loops() {
    return List.of(
        flow(
            "the next iteration of each kind of loop",
            """
            void f(Tensor<Vec> a, Tensor<Vec> b, Tensor<Vec> c, Tensor<Vec> d) {
              for (int i = 0; i < 3; i++) {
                dense.halve(/*maybe*/a);
              }
              while (ready()) {
                dense.halve(/*maybe*/b);
              }
              do {
                dense.halve(/*maybe*/c);
              } while (ready());
              for (String s : new String[3]) {
                log(s, dense.halve(/*maybe*/d));
              }
            }
            """),
        flow(
            "after a loop",
            """
            void f(Tensor<Vec> x, Tensor<Vec> y) {
              for (int i = 0; i < 3; i++) {
                x = dense.halve(x);
                if (ready()) {
                  dense.halve(y);
                  break;
                }
              }
              log(x);
              log(/*maybe*/y);
            }
            """),
        flow(
            "what a loop begins with",
            """
            float[] f(DeviceBuffer<Vec> first) {
              Tensor<Vec> x = first;
              for (int i = 0; i < 3; i++) {
                x = dense.halve(x);
              }
              log(x);
              return /*maybe*/first.toFloatArray();
            }
            """),
        flow(
            "the result is thrown away",
            """
            void f(Params params) {
              for (int i = 0; i < 3; i++) {
                Step step = dense.step(/*maybe*/params, put());
                log(step.loss());
              }
            }
            """),
        flow(
            "the condition and the updates of a loop",
            """
            void f(Tensor<Vec> x, Tensor<Vec> y) {
              for (int i = 0; /*maybe*/x.toFloatArray()[0] > i; dense.halve(x)) {
                i++;
              }
              while (dense.halve(/*maybe*/y).isClosed()) {}
            }
            """),
        flow(
            "a donation in some rounds",
            """
            void f(Tensor<Vec> x) {
              for (int i = 0; i < 9; i++) {
                if (i % 3 == 0) {
                  dense.halve(/*maybe*/x);
                  continue;
                }
                x = put();
              }
            }
            """),
        flow(
            "a loop without end",
            """
            void f(Tensor<Vec> x) {
              while (true) {
                if (ready()) {
                  dense.halve(x);
                  break;
                }
              }
              log(/*spent*/x);
            }
            """),
        flow(
            "loops in loops",
            """
            void f(Tensor<Vec> x, Tensor<Vec> y) {
              for (int i = 0; i < 3; i++) {
                Tensor<Vec> kept = x;
                for (int j = 0; j < 3; j++) {
                  x = dense.halve(x);
                  log(dense.halve(/*maybe*/y));
                }
                log(/*maybe*/kept);
              }
            }
            """),
        flow(
            "two names that a loop brings together",
            """
            void f(Tensor<Vec> x, Tensor<Vec> y) {
              for (int i = 0; i < 3; i++) {
                dense.halve(x);
                log(/*maybe*/y);
                x = put();
                y = x;
              }
            }
            """));
  }

  private static List<Arguments> jumps() {
    return List.of(
        flow(
            "labels",
            """
            void f(Tensor<Vec> x, Tensor<Vec> y) {
              outer:
              for (int i = 0; i < 3; i++) {
                while (ready()) {
                  if (i == 1) {
                    dense.halve(/*maybe*/x);
                    continue outer;
                  }
                  if (i == 2) {
                    dense.halve(y);
                    break outer;
                  }
                }
              }
              log(/*maybe*/y);
            }
            """),
        flow(
            "a labelled block",
            """
            void f(Tensor<Vec> x) {
              block: {
                if (ready()) {
                  dense.halve(x);
                  break block;
                }
                x = put();
              }
              log(/*maybe*/x);
            }
            """),
        flow(
            "continue",
            """
            void f(Tensor<Vec> x) {
              while (ready()) {
                if (ready()) {
                  dense.halve(/*maybe*/x);
                  continue;
                }
                return;
              }
            }
            """),
        flow(
            "break out of a switch in a loop",
            """
            void f(Tensor<Vec> x, int n) {
              for (;;) {
                switch (n) {
                  case 1:
                    dense.halve(x);
                    break;
                  default:
                    continue;
                }
                log(/*spent*/x);
                return;
              }
            }
            """));
  }

  private static List<Arguments> tries() {
    return List.of(
        flow(
            "after a try, and in its block",
            """
            void f(Tensor<Vec> x, Tensor<Vec> y) {
              try {
                dense.halve(x);
                log(/*spent*/x);
                dense.halve(y);
              } catch (IllegalStateException e) {
                log(e);
              }
              log(/*maybe*/y);
            }
            """),
        flow(
            "a catch that ends",
            """
            void f(Tensor<Vec> x) {
              try {
                dense.halve(x);
              } catch (IllegalStateException e) {
                throw new IllegalArgumentException(e);
              }
              log(/*spent*/x);
            }
            """),
        flow(
            "finally",
            """
            void f(Tensor<Vec> x, Tensor<Vec> y) {
              try {
                dense.halve(x);
              } finally {
                log(/*spent*/x);
                dense.halve(y);
              }
              log(/*spent*/y);
            }
            """),
        flow(
            "finally on the way out",
            """
            DeviceBuffer<Vec> f(Tensor<Vec> x, Tensor<Vec> y) {
              for (;;) {
                try {
                  if (ready()) {
                    return dense.halve(x);
                  }
                  if (ready()) {
                    break;
                  }
                  y = put();
                } catch (IllegalStateException e) {
                  log(e);
                } finally {
                  log(/*maybe*/x);
                  dense.halve(/*maybe*/y);
                }
              }
              log(/*spent*/y);
              return null;
            }
            """),
        flow(
            "try with resources",
            """
            void f(Tensor<Vec> x) {
              try (DeviceBuffer<Vec> y = put()) {
                dense.halve(y);
                log(/*spent*/y);
                dense.halve(x);
              }
              log(/*spent*/x);
            }
            """),
        flow(
            "synchronized",
            """
            void f(Tensor<Vec> x) {
              synchronized (this) {
                dense.halve(x);
              }
              log(/*spent*/x);
            }
            """));
  }

  private static List<Arguments> records() {
    return List.of(
        flow(
            "a record and what is in it",
            """
            void f(Params params, Params other) {
              dense.step(params, put());
              log(/*spent*/params.w());
              dense.step(other, put());
              dense.predict(/*spent*/other);
            }
            """),
        flow(
            "a part twice",
            """
            void f(Params params) {
              dense.halve(params.w());
              log(params.b());
              log(/*spent*/params.w());
            }
            """),
        flow(
            "a part of a part",
            """
            void f(Step step) {
              dense.step(step.params(), put());
              log(step.loss());
              log(/*spent*/step.params().b());
            }
            """),
        flow(
            "a part by another name",
            """
            void f(Step step, Step other) {
              Params params = step.params();
              Tensor<Vec> w = params.w();
              dense.step(step.params(), put());
              log(/*spent*/w);
              dense.halve(other.params().w());
              Params others = other.params();
              log(/*spent*/others.w());
            }
            """),
        flow(
            "a whole of which a part is spent, in a kernel",
            """
            void f(Params params, Params other) {
              dense.halve(params.w());
              dense.predict(/*spent*/params);
              later.halve(other.b());
              later.step(/*spent*/other, put());
            }
            """),
        flow(
            "what a record was made of",
            """
            void f(Tensor<Vec> w, Tensor<Vec> b, Tensor<Vec> v) {
              dense.step(new Params(w, b), put());
              log(/*spent*/w);
              Params params = new Params(v, put());
              dense.step(params, put());
              log(/*spent*/v);
            }
            """),
        flow(
            "a record that was made of what is spent",
            """
            void f(Tensor<Vec> w, Tensor<Vec> b) {
              Params params = new Params(w, b);
              dense.halve(w);
              dense.predict(/*spent*/params);
              log(params.w());
              Tensor<Vec> v = put();
              dense.halve(v);
              log(new Params(/*spent*/v, b));
            }
            """),
        flow(
            "one value twice, in a record",
            """
            void f(Tensor<Vec> w, Params params) {
              dense.step(new Params(w, put()), /*spent*/w);
              dense.step(params, /*spent*/params.w());
            }
            """),
        flow(
            "record patterns",
            """
            void f(Object o) {
              if (o instanceof Step(Params(var w, Tensor<Vec> b), DeviceBuffer<Vec> loss)) {
                dense.halve(w);
                log(b, loss);
                dense.halve(/*spent*/w);
              }
            }
            void g(Step step) {
              switch (step) {
                case Step(Params params, var loss) -> dense.step(params, loss);
              }
              log(step.loss());
              log(/*spent*/step.params().b());
            }
            """),
        flow(
            "the method of a record that is no accessor",
            """
            record Pair(Tensor<Vec> x, Tensor<Vec> y) {
              float sum() { return x.toFloatArray()[0]; }
            }
            void eat(@Donated Pair pair) {}
            void f(Pair pair) {
              eat(pair);
              log(/*spent*/pair.sum());
            }
            """),
        flow(
            "nested records of a user's, built again in a loop",
            """
            record Chain(Tensor<Vec> x, Object rest) {}
            void f(Tensor<Vec> x) {
              Chain chain = new Chain(x, null);
              for (int i = 0; i < 9; i++) {
                chain = new Chain(put(), chain);
                if (chain.rest() instanceof Chain inner) {
                  dense.halve(inner.x());
                }
              }
              log(/*maybe*/x);
            }
            """));
  }

  private static List<Arguments> promises() {
    return List.of(
        flow(
            "a chain of promises",
            """
            Promise<float[]> f(BufferPromise<Vec> x) {
              BufferPromise<Vec> y = later.halve(later.add(x, x));
              BufferPromise<Vec> z = later.halve(y);
              log(z);
              return /*spent*/y.toFloatArrayAsync();
            }
            """),
        flow(
            "a generated async interface",
            """
            BufferPromise<Vec> f(DenseAsync async, BufferPromise<Vec> x) {
              BufferPromise<Vec> y = async.halve(x);
              return async.add(y, /*spent*/x);
            }
            """),
        flow(
            "a promise of a record",
            """
            void f(DenseAsync.StepPromise step) {
              later.step(step.params(), step.loss());
              log(step.loss());
              log(/*spent*/step.params().w());
            }
            """),
        flow(
            "its value, and the record in flight",
            """
            void f(DenseAsync.StepPromise step, DenseAsync.ParamsPromise params) {
              Step there = step.value();
              dense.step(there.params(), there.loss());
              log(/*spent*/step.params());
              later.halve(params.inFlight().w());
              log(params.b());
              log(/*spent*/params.value().w());
            }
            """),
        flow(
            "waiting for a promise that is spent",
            """
            void f(BufferPromise<Vec> x) {
              later.halve(x);
              /*spent*/x.value();
            }
            """),
        flow(
            "a training loop that reads too late",
            """
            void f(Params params) {
              for (int i = 0; i < 9; i++) {
                DenseAsync.StepPromise step = later.step(params, put());
                log(/*spent*/params.w());
                params = step.params();
              }
            }
            """));
  }

  private static List<Arguments> nested() {
    return List.of(
        flow(
            "lambdas",
            """
            void f(Tensor<Vec> x, Tensor<Vec> z) {
              dense.halve(x);
              Runnable read = () -> log(/*spent*/x);
              java.util.function.Supplier<Tensor<Vec>> answer = () -> /*spent*/x;
              java.util.function.Consumer<Tensor<Vec>> own = y -> {
                dense.halve(y);
                log(/*spent*/y);
                dense.halve(z);
              };
              log(read, answer, own, z);
            }
            """),
        flow(
            "a lambda in a field, and one in a lambda",
            """
            java.util.function.Consumer<Tensor<Vec>> own = x -> {
              dense.halve(x);
              Runnable read = () -> {
                Runnable inner = () -> log(/*spent*/x);
                inner.run();
              };
              read.run();
            };
            """),
        flow(
            "local and anonymous classes",
            """
            void f(Tensor<Vec> x) {
              dense.halve(x);
              class Local {
                Tensor<Vec> mine = /*spent*/x;
                void g(Tensor<Vec> y) {
                  dense.halve(y);
                  log(/*spent*/y);
                }
              }
              log(new Local() {
                { dense.halve(/*spent*/x); }
              });
            }
            """),
        flow(
            "references to a spent tensor's methods",
            """
            void f(DeviceBuffer<Vec> x) {
              dense.halve(x);
              java.util.function.Supplier<float[]> read = /*spent*/x::toFloatArray;
              log(read);
            }
            """),
        flow(
            "a nested class",
            """
            static class Inner {
              Dense dense;
              class Innermost {
                Tensor<Vec> f(Tensor<Vec> x) {
                  dense.halve(x);
                  return /*spent*/x;
                }
              }
            }
            enum Kind {
              A {
                @Override Tensor<Vec> f(Dense dense, Tensor<Vec> x) {
                  dense.halve(x);
                  return /*spent*/x;
                }
              };
              abstract Tensor<Vec> f(Dense dense, Tensor<Vec> x);
            }
            """));
  }
}
