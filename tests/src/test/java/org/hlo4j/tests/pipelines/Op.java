package org.hlo4j.tests.pipelines;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.function.Function;
import java.util.function.IntBinaryOperator;

/**
 * A kernel that random pipelines call, with what it computes in plain Java.
 *
 * @param name the method's
 * @param inputs the types of its parameters
 * @param outputs the types of what it returns; of a kernel with a {@code Ref}, of its value
 * @param taken the parameter whose memory it takes, or -1
 * @param isRef whether that parameter is a {@code Ref}
 * @param isCollective whether devices talk to each other
 * @param lines its program's operations, on {@code %a0} and so on, with {@code %r0} and so on, or
 *     inputs, as results
 * @param results the names of what the program returns
 * @param meaning from the numbers of each device to others
 */
record Op(
    String name,
    List<Kind> inputs,
    List<Kind> outputs,
    int taken,
    boolean isRef,
    boolean isCollective,
    String lines,
    List<String> results,
    Function<List<int[][]>, List<int[][]>> meaning) {
  private static final int DEVICES = 4;

  /** The kernels that run on several devices, or those that run on one. */
  static List<Op> all(boolean isSharded) {
    List<Op> all = new ArrayList<>();
    for (Kind kind : Kind.values()) {
      all.addAll(local(kind));
      all.addAll(isSharded ? collectives(kind) : variables(kind));
    }
    all.add(mixed());
    return List.copyOf(all);
  }

  private static List<Op> local(Kind kind) {
    return List.of(
        binary("add", kind, "add", -1, false, Integer::sum),
        binary("multiply", kind, "multiply", -1, false, (x, y) -> x * y),
        binary("addTo", kind, "add", 0, false, Integer::sum),
        addOne("addOne", kind, -1, false),
        addOne("inPlace", kind, 0, false),
        new Op(
            "two" + kind.suffix(),
            List.of(kind, kind),
            List.of(kind, kind),
            -1,
            false,
            false,
            kind.lines("%r0", "add", "%a0", "%a1") + kind.lines("%r1", "multiply", "%a0", "%a1"),
            List.of("%r0", "%r1"),
            in ->
                List.of(
                    zip(kind, in.get(0), in.get(1), Integer::sum),
                    zip(kind, in.get(0), in.get(1), (x, y) -> x * y))),
        new Op(
            "forward" + kind.suffix(),
            List.of(kind, kind),
            List.of(kind, kind),
            -1,
            false,
            false,
            kind.lines("%r0", "add", "%a0", "%a1"),
            List.of("%a0", "%r0"),
            in -> List.of(in.get(0), zip(kind, in.get(0), in.get(1), Integer::sum))),
        new Op(
            "same" + kind.suffix(),
            List.of(kind),
            List.of(kind, kind),
            -1,
            false,
            false,
            kind.lines("%r0", "add", "%a0", "%a0"),
            List.of("%r0", "%r0"),
            in -> {
              int[][] sum = zip(kind, in.get(0), in.get(0), Integer::sum);
              return List.of(sum, sum);
            }));
  }

  private static List<Op> variables(Kind kind) {
    return List.of(
        addOne("bump", kind, 0, true), binary("into", kind, "add", 0, true, Integer::sum));
  }

  private static List<Op> collectives(Kind kind) {
    String whole = permute(kind, "%moved", 1) + plusOne(kind, "%moved");
    return List.of(
        collective("right", kind, permute(kind, "%r0", 1), x -> moved(x, 1)),
        collective("left", kind, permute(kind, "%r0", DEVICES - 1), x -> moved(x, DEVICES - 1)),
        new Op(
            "rightAndX" + kind.suffix(),
            List.of(kind),
            List.of(kind, kind),
            -1,
            false,
            true,
            permute(kind, "%r0", 1),
            List.of("%a0", "%r0"),
            in -> List.of(in.get(0), moved(in.get(0), 1))),
        collective("reduce", kind, reduce(kind), x -> reduced(kind, x)),
        collective(
            "moveAndAdd", kind, whole, x -> map(kind, moved(x, 1), (one, two) -> one + two)));
  }

  /** A kernel of two types at once. */
  private static Op mixed() {
    Kind floats = Kind.FLOATS;
    Kind ints = Kind.INTS;
    return new Op(
        "mixed",
        List.of(floats, ints),
        List.of(floats, ints),
        -1,
        false,
        false,
        floats.lines("%r0", "add", "%a0", "%a0") + ints.lines("%r1", "multiply", "%a1", "%a1"),
        List.of("%r0", "%r1"),
        in ->
            List.of(
                zip(floats, in.get(0), in.get(0), Integer::sum),
                zip(ints, in.get(1), in.get(1), (x, y) -> x * y)));
  }

  private static Op binary(
      String name, Kind kind, String operation, int taken, boolean isRef, IntBinaryOperator does) {
    return new Op(
        name + kind.suffix(),
        List.of(kind, kind),
        List.of(kind),
        taken,
        isRef,
        false,
        kind.lines("%r0", operation, "%a0", "%a1"),
        List.of("%r0"),
        in -> List.<int[][]>of(zip(kind, in.get(0), in.get(1), does)));
  }

  private static Op addOne(String name, Kind kind, int taken, boolean isRef) {
    return new Op(
        name + kind.suffix(),
        List.of(kind),
        List.of(kind),
        taken,
        isRef,
        false,
        plusOne(kind, "%a0"),
        List.of("%r0"),
        in -> List.<int[][]>of(map(kind, in.get(0), Integer::sum)));
  }

  private static Op collective(
      String name, Kind kind, String lines, Function<int[][], int[][]> does) {
    return new Op(
        name + kind.suffix(),
        List.of(kind),
        List.of(kind),
        -1,
        false,
        true,
        lines,
        List.of("%r0"),
        in -> List.<int[][]>of(does.apply(in.get(0))));
  }

  private static String plusOne(Kind kind, String x) {
    return kind.constant("%one", 1) + kind.lines("%r0", "add", x, "%one");
  }

  private static String permute(Kind kind, String result, int by) {
    List<String> pairs = new ArrayList<>();
    for (int device = 0; device < DEVICES; device++) {
      pairs.add(String.format(Locale.ROOT, "[%d, %d]", device, (device + by) % DEVICES));
    }
    return String.format(
        Locale.ROOT,
        """
    %s = "stablehlo.collective_permute"(%%a0) <{
        source_target_pairs = dense<%s> : tensor<%dx2xi64>}> : (%s) -> %s
    """,
        result,
        pairs,
        DEVICES,
        kind.text(),
        kind.text());
  }

  private static String reduce(Kind kind) {
    String scalar = kind == Kind.INTS ? "tensor<i32>" : "tensor<f32>";
    return """
    %%r0 = "stablehlo.all_reduce"(%%a0) <{replica_groups = dense<[[0, 1, 2, 3]]> : tensor<1x4xi64>}> ({
      ^bb0(%%p: %1$s, %%q: %1$s):
        %%s = stablehlo.%2$s %%p, %%q : %1$s
        stablehlo.return %%s : %1$s
    }) : (%3$s) -> %3$s
    """
        .formatted(scalar, kind == Kind.INTS ? "add" : "maximum", kind.text());
  }

  private static int[][] moved(int[][] x, int by) {
    int[][] moved = new int[x.length][];
    for (int device = 0; device < x.length; device++) {
      moved[(device + by) % x.length] = x[device].clone();
    }
    return moved;
  }

  private static int[][] reduced(Kind kind, int[][] x) {
    int[][] reduced = new int[x.length][x[0].length];
    for (int i = 0; i < x[0].length; i++) {
      int all = x[0][i];
      for (int device = 1; device < x.length; device++) {
        all = kind == Kind.INTS ? all + x[device][i] : Math.max(all, x[device][i]);
      }
      for (int[] row : reduced) {
        row[i] = all;
      }
    }
    return reduced;
  }

  private static int[][] map(Kind kind, int[][] x, IntBinaryOperator withOne) {
    int[][] ones = new int[x.length][x[0].length];
    for (int[] row : ones) {
      Arrays.fill(row, 1);
    }
    return zip(kind, x, ones, withOne);
  }

  private static int[][] zip(Kind kind, int[][] x, int[][] y, IntBinaryOperator does) {
    int[][] results = new int[x.length][x[0].length];
    for (int device = 0; device < x.length; device++) {
      for (int i = 0; i < x[0].length; i++) {
        results[device][i] = kind.wrap(does.applyAsInt(x[device][i], y[device][i]));
      }
    }
    return results;
  }

  /** The types of what calls give to names. */
  List<Kind> given() {
    return isRef ? List.of() : outputs;
  }

  /** The program. */
  String program() {
    List<String> parameters = new ArrayList<>();
    for (int i = 0; i < inputs.size(); i++) {
      parameters.add(String.format(Locale.ROOT, "%%a%d: %s", i, inputs.get(i).text()));
    }
    String types = String.join(", ", outputs.stream().map(Kind::text).toList());
    return "func.func @main(%s) -> (%s) {%n%sreturn %s : %s%n}%n"
        .formatted(String.join(", ", parameters), types, lines, String.join(", ", results), types);
  }

  /** The method and what it returns, as Java. */
  String method(boolean isSharded) {
    String tensor = isSharded ? "Sharded" : "Tensor";
    String buffer = isSharded ? "ShardedBuffer" : "DeviceBuffer";
    List<String> parameters = new ArrayList<>();
    for (int i = 0; i < inputs.size(); i++) {
      String holder = i == taken && isRef ? "Ref" : i == taken ? "@Donated " + tensor : tensor;
      parameters.add(String.format(Locale.ROOT, "%s<%s> a%d", holder, inputs.get(i).type(), i));
    }
    String result =
        isRef
            ? "void"
            : outputs.size() == 1
                ? "%s<%s>".formatted(buffer, outputs.get(0).type())
                : "Two_" + name;
    String two =
        outputs.size() == 1
            ? ""
            : "record Two_%s(%s<%s> a, %s<%s> b) {}%n"
                .formatted(name, buffer, outputs.get(0).type(), buffer, outputs.get(1).type());
    String quotes = "\"".repeat(3);
    return String.format(
        Locale.ROOT,
        "%s@Kernel(value = %s%n%s%s, replicas = %d)%n%s %s(%s);%n",
        two,
        quotes,
        program(),
        quotes,
        isSharded ? DEVICES : 1,
        result,
        name,
        String.join(", ", parameters));
  }
}
