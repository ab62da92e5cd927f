package org.hlo4j.internal.mlir.rewrite;

import static com.google.common.truth.Truth.assertThat;
import static org.junit.jupiter.api.Assertions.assertThrows;

import java.lang.foreign.ValueLayout;
import java.util.HexFormat;
import org.hlo4j.Pjrt;
import org.hlo4j.Program;
import org.hlo4j.error.CompilationException;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

final class DenseResourcesTest {
  private static String program(String constant, String type, String section) {
    return """
        module {
          func.func @main() -> %2$s {
            %%c = stablehlo.constant %1$s : %2$s
            return %%c : %2$s
          }
        }
        %3$s"""
        .formatted(constant, type, section);
  }

  private static String resources(String entries) {
    return """
        {-#
          dialect_resources: {
            builtin: {
              %s
            }
          }
        #-}
        """
        .formatted(entries);
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      quoteCharacter = '~',
      value = {
        "tensor<3xf32>|w: \"0x040000000000803F0000004000004040\"|0000803f0000004000004040",
        "tensor<f32>|w: \"0x040000000000803f\"|0000803f",
        "tensor<2x1xi64>|w:"
            + " \"0x0800000001000000000000000200000000000000\"|01000000000000000200000000000000",
        "tensor<2x2xi1>|w: \"0x0100000001000001\"|01000001",
        "tensor<2xi4>|w: \"0x010000000107\"|0107",
        "tensor<0xf32>|w: \"0x04000000\"|~~",
        "tensor<2xui8>|v: \"0x0100000009\", w: \"0x01000000FF01\"|ff01",
        "tensor<2xbf16>|w: \"0x02000000803F0040\"|803f0040",
      })
  void aConstantBehindTheProgramIsRead(String type, String entry, String expected) {
    Program program = Program.of(program("dense_resource<w>", type, resources(entry)));

    try (Pjrt client = Pjrt.open()) {
      byte[] bytes =
          client
              .device()
              .compile(program)
              .execute()
              .get(0)
              .toHostTensor()
              .segment()
              .toArray(ValueLayout.JAVA_BYTE);

      assertThat(HexFormat.of().formatHex(bytes)).isEqualTo(expected);
    }
  }

  @Test
  void linesStayWhereTheyWere() {
    String text =
        program("dense_resource<w>", "tensor<f32>", resources("w: \"0x040000000000803F\""));

    String inlined = DenseResources.inlined(text);

    assertThat(inlined).contains("    %c = stablehlo.constant dense<\"0x0000803F\"> : tensor<f32>");
    assertThat(inlined.lines().count()).isEqualTo(text.lines().count());
    assertThat(inlined).doesNotContain("{-#");
  }

  @Test
  void aQuotedKeyAndTheGenericFormAreRead() {
    String text =
        "\"stablehlo.constant\"() <{value = dense_resource<\"a.b-c\"> : tensor<1xi8>}> : ()\n"
            + resources("\"a.b-c\": \"0x010000002A\"");

    assertThat(DenseResources.inlined(text)).contains("dense<\"0x2A\"> : tensor<1xi8>");
  }

  @Test
  void aKeyWithDotsIsRead() {
    String text =
        program(
            "dense_resource<torch_tensor_1_torch.float32>",
            "tensor<f32>",
            resources("torch_tensor_1_torch.float32: \"0x040000000000803F\""));

    assertThat(DenseResources.inlined(text)).contains("dense<\"0x0000803F\">");
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      quoteCharacter = '~',
      value = {
        "__elided__|tensor<3xf32>||line 3, column 29: the bytes of this constant were left out when"
            + " the program was printed; print it without eliding large constants",
        "w|tensor<3xf32>|v: \"0x04000000\"|line 3, column 29: the program does not contain the"
            + " bytes"
            + " of the resource w: it was truncated, or printed without its resources",
        "w|tensor<3xf32>|w: \"0x0400000000000000\"|line 3, column 29: the resource w has 4 bytes,"
            + " but a tensor<3xf32> takes 12",
        "w|tensor<f32>|w: \"0x0400\"|line 10, column 10: the bytes of w are not a hexadecimal string",
        "w|tensor<f32>|w: \"0xGG00000000000000\"|the bytes of w are not a hexadecimal string",
        "w|tensor<?xf32>|w: \"0x04000000\"|a resource cannot be a tensor<?xf32>",
      })
  void aConstantWithoutItsBytesIsRefused(String key, String type, String entry, String message) {
    String text =
        program("dense_resource<%s>".formatted(key), type, resources(entry == null ? "" : entry));

    CompilationException refused = assertThrows(CompilationException.class, () -> Program.of(text));

    assertThat(refused).hasMessageThat().contains(message);
  }
}
