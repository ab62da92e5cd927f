package org.hlo4j.tests.compile;

import java.util.List;
import org.hlo4j.processor.message.Message;
import org.hlo4j.tests.compile.MessageTest.Refusal;

/** Pipelines that are refused, and what is said of them, with the line and a caret below it. */
final class PipelineRefusals {
  private static final String SOURCE =
      """
      @Kernels interface Dense {
        @Kernel($TWICE) DeviceBuffer<Vec> permute(Tensor<Vec> x);
        @Kernel($TWICE) DeviceBuffer<Vec> reverse(Tensor<Vec> x);
        @Kernel($TWICE) DeviceBuffer<Vec> inPlace(@Donated Tensor<Vec> x);
        @Kernel(\"""
            func.func @main(%x: tensor<4xf32>) -> tensor<4xi32> {
              %0 = stablehlo.convert %x : (tensor<4xf32>) -> tensor<4xi32>
              return %0 : tensor<4xi32>
            }
            \""")
        DeviceBuffer<Ints> count(Tensor<Vec> x);
        @Pipeline(/*here*/\"""
      $STATEMENTS\""")
        DeviceBuffer<Vec> go(Tensor<Vec> x);
      }
      """;

  private static final String TWICE =
      """
      \"""
      func.func @main(%x: tensor<4xf32>) -> tensor<4xf32> {
        %0 = stablehlo.add %x, %x : tensor<4xf32>
        return %0 : tensor<4xf32>
      }
      \"""\
      """;

  static final List<Refusal> ALL =
      List.of(
          pipeline(
              Message.NEVER_DONE,
              """
              The pipeline of go, line 1, column 1: f, a future of permute, is never done
              f = start permute(x)
              ^\
              """,
              """
              f = start permute(x)
              return x
              """),
          pipeline(
              Message.NEVER_DONE,
              """
              The pipeline of go, line 2, column 3: f, a future of permute, is never done
                f = start permute(x)
                ^\
              """,
              """
              repeat 3 (x) {
                f = start permute(x)
                x = permute(x)
              }
              return x
              """),
          pipeline(
              Message.DONE_TWICE,
              """
              The pipeline of go, line 3, column 10: f was already done in line 2
              z = done f
                       ^\
              """,
              """
              f = start permute(x)
              y = done f
              z = done f
              return y
              """),
          pipeline(
              Message.FUTURE_OVERWRITTEN,
              """
              The pipeline of go, line 2, column 1: f is assigned here, but it is a future of permute (line 1) that is not done yet
              f = permute(x)
              ^\
              """,
              """
              f = start permute(x)
              f = permute(x)
              return f
              """),
          pipeline(
              Message.FUTURE_RETURNED,
              """
              The pipeline of go, line 2, column 8: f is a future of permute; return the value of 'done f'
              return f
                     ^\
              """,
              """
              f = start permute(x)
              return f
              """),
          pipeline(
              Message.FUTURE_AS_VALUE,
              """
              The pipeline of go, line 2, column 13: f is a future of permute; 'done f' returns its value
              y = permute(f)
                          ^\
              """,
              """
              f = start permute(x)
              y = permute(f)
              z = done f
              return z
              """),
          pipeline(
              Message.OTHER_KERNEL,
              """
              The pipeline of go, line 2, column 11: f is a future of permute before a round, and of reverse after it
              repeat 3 (f) {
                        ^\
              """,
              """
              f = start permute(x)
              repeat 3 (f) {
                y = done f
                f = start reverse(y)
              }
              y = done f
              return y
              """),
          pipeline(
              Message.FUTURE_NOT_CARRIED,
              """
              The pipeline of go, line 3, column 12: f was started in line 1, outside of this repeat, which does not carry it
                y = done f
                         ^\
              """,
              """
              f = start permute(x)
              repeat 3 {
                y = done f
              }
              return x
              """),
          pipeline(
              Message.WRITTEN_IN_FLIGHT,
              """
              The pipeline of go, line 2, column 1: x is written here, while permute (line 1) is in flight and uses it
              z = inPlace(x)
              ^\
              """,
              """
              f = start permute(x)
              z = inPlace(x)
              y = done f
              return y
              """),
          pipeline(
              Message.WRITTEN_IN_FLIGHT,
              """
              The pipeline of go, line 4, column 1: a is written here, while permute (line 3) is in flight and uses it
              permute(x -> a)
              ^\
              """,
              """
              a = ref x
              b = ref like x
              f = start permute(a -> b)
              permute(x -> a)
              done f
              return b
              """),
          pipeline(
              Message.READ_IN_FLIGHT,
              """
              The pipeline of go, line 4, column 13: b is read here, while permute (line 3) is in flight and writes it
              y = permute(b)
                          ^\
              """,
              """
              a = ref x
              b = ref like x
              f = start permute(a -> b)
              y = permute(b)
              done f
              return y
              """),
          pipeline(
              Message.SENT_INTO_ITSELF,
              """
              The pipeline of go, line 2, column 1: a is sent into itself: permute would overwrite its own input
              f = start permute(a -> a)
              ^\
              """,
              """
              a = ref x
              f = start permute(a -> a)
              done f
              return a
              """),
          pipeline(
              Message.CARRIED_TYPE_CHANGES,
              """
              The pipeline of go, line 1, column 11: x is a Vec (tensor<4xf32>) before a round and a Ints (tensor<4xi32>) after it; a carried name must keep its type
              repeat 3 (x) {
                        ^\
              """,
              """
              repeat 3 (x) {
                x = count(x)
              }
              return x
              """),
          pipeline(
              Message.NOT_CARRIED,
              """
              The pipeline of go, line 3, column 15: y is assigned in the repeat of line 2, which does not carry it: carry it, or use another name inside
                x = permute(y)
                            ^\
              """,
              """
              y = permute(x)
              repeat 3 (x) {
                x = permute(y)
                y = permute(x)
              }
              return x
              """),
          pipeline(
              Message.READ_BEFORE_WRITTEN,
              """
              The pipeline of go, line 2, column 13: a is read before anything is written to it
              y = permute(a)
                          ^\
              """,
              """
              a = ref like x
              y = permute(a)
              return y
              """),
          pipeline(
              Message.CANNOT_DOUBLE_BUFFER,
              """
              The pipeline of go, line 2, column 1: this repeat cannot be double-buffered: x and y become one value, z (at most 8 rounds can be combined, and it is too long to be unrolled)
              repeat 1000 (x, y) {
              ^\
              """,
              """
              y = permute(x)
              repeat 1000 (x, y) {
                f = start permute(x)
                z = done f
                x, y = z, z
              }
              z = permute(y)
              return x
              """),
          pipeline(
              Message.NO_SUCH_KERNEL,
              """
              The pipeline of go, line 1, column 5: this interface has no kernel permut; did you mean permute?
              y = permut(x)
                  ^\
              """,
              """
              y = permut(x)
              return y
              """),
          pipeline(
              Message.ARGUMENT_TYPE,
              """
              The pipeline of go, line 2, column 13: permute takes a Vec (tensor<4xf32>) as x, but y is a Ints (tensor<4xi32>)
              z = permute(y)
                          ^\
              """,
              """
              y = count(x)
              z = permute(y)
              return z
              """),
          pipeline(
              Message.UNKNOWN_NAME,
              """
              The pipeline of go, line 1, column 13: xx is not defined here; did you mean x?
              y = permute(xx)
                          ^\
              """,
              """
              y = permute(xx)
              return y
              """),
          pipeline(
              Message.BAD_PIPELINE,
              """
              The pipeline of go, line 2, column 1: ')' is expected here, not 'return'
              return y
              ^\
              """,
              """
              y = permute(x
              return y
              """));

  private PipelineRefusals() {}

  private static Refusal pipeline(Message message, String text, String statements) {
    return new Refusal(
        message, text, SOURCE.replace("$TWICE", TWICE).replace("$STATEMENTS", statements));
  }
}
