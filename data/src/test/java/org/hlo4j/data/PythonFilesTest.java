package org.hlo4j.data;

import static com.google.common.truth.Truth.assertThat;
import static org.junit.jupiter.api.Assertions.assertThrows;

import java.lang.foreign.ValueLayout;
import java.util.HexFormat;
import java.util.List;
import java.util.regex.Pattern;
import org.hlo4j.error.ArgumentException;
import org.hlo4j.type.ElementType;
import org.hlo4j.type.Shape;
import org.jspecify.annotations.NullUnmarked;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** What Python has written is read, each element of it. */
@NullUnmarked
final class PythonFilesTest {
  private static final Pattern TAB = Pattern.compile("\t");

  static List<String> expected() {
    return Resources.lines("expected.tsv");
  }

  @ParameterizedTest
  @MethodSource("expected")
  void whatPythonWroteIsRead(String line) {
    String[] fields = TAB.split(line, -1);
    FileTensor tensor = Resources.open(fields[0]).tensor(fields[1]);

    if (fields[2].equals("listed")) {
      assertThat(tensor.isReadable()).isFalse();
      assertThrows(FileFormatException.class, tensor::shape);
      FileFormatException refused = assertThrows(FileFormatException.class, tensor::segment);
      assertThat(refused).hasMessageThat().contains(tensor.typeName());
    } else {
      Shape shape = Shape.parse(fields[3]);
      FileTensor typed = tensor.isUntyped() ? tensor.as(shape.elementType()) : tensor;
      assertThat(typed.shape()).isEqualTo(shape);
      assertThat(HexFormat.of().formatHex(typed.segment().toArray(ValueLayout.JAVA_BYTE)))
          .isEqualTo(fields[4]);
      assertThat(typed.segment().isReadOnly()).isTrue();
    }
  }

  @Test
  void theTypesThatNumPyHasNoNameForAreBareBytes() {
    FileTensor half = Resources.open("bfloat16.npy").only();

    assertThat(half.isUntyped()).isTrue();
    assertThat(half.typeName()).isEqualTo("V2");
    assertThat(half.shape()).isEqualTo(Shape.of(ElementType.U16, 2, 3));
    assertThat(half.toString())
        .isEqualTo(
            "bfloat16: tensor<2x3xui16>, whose type the file does not specify (V2: a type of 16"
                + " bits)");
    assertThat(half.as(ElementType.BF16).isUntyped()).isFalse();
    assertThat(assertThrows(ArgumentException.class, () -> half.as(ElementType.F32)))
        .hasMessageThat()
        .isEqualTo(
            "bfloat16.npy: the V2 bfloat16 cannot be read as f32; only raw bytes and unsigned"
                + " integers of the same width can");
  }

  @Test
  void unsignedIntegersMayBeTheBitsOfAnotherType() {
    assertThat(Resources.open("uint16.npy").only().as(ElementType.F16).shape())
        .isEqualTo(Shape.of(ElementType.F16, 2, 3));
    assertThrows(
        ArgumentException.class, () -> Resources.open("int16.npy").only().as(ElementType.F16));
  }

  @Test
  void aFileListsItsTensors() {
    TensorFile file = Resources.open("deflated.npz");

    assertThat(file.tensors().keySet())
        .containsExactly("params/w1", "params/b1", "größe", "half", "large")
        .inOrder();
    assertThat(file.toString().lines().toList())
        .containsExactly(
            "deflated.npz",
            "  params/w1: tensor<2x3xf32>",
            "  params/b1: tensor<3xf64>",
            "  größe: tensor<2x3xi32>",
            "  half: tensor<2x3xui16>, whose type the file does not specify (V2: a type of 16 bits)",
            "  large: tensor<400x100xui32>")
        .inOrder();
    assertThat(assertThrows(ArgumentException.class, () -> file.tensor("params/w2")))
        .hasMessageThat()
        .startsWith(
            "deflated.npz has no tensor params/w2; did you mean params/w1? It has [params/");
    assertThat(assertThrows(ArgumentException.class, file::only))
        .hasMessageThat()
        .startsWith("deflated.npz has 5 tensors, not one");
    assertThat(Resources.open("none.npz").tensors()).isEmpty();
  }

  @Test
  void whatIsCompressedIsInflatedOnce() {
    FileTensor large = Resources.open("deflated.npz").tensor("large");

    assertThat(large.segment().byteSize()).isEqualTo(160_000);
    assertThat(large.segment().getAtIndex(ValueLayout.JAVA_INT, 39_999)).isEqualTo(99);
    assertThat(large.segment().address()).isEqualTo(large.segment().address());
    assertThat(large.segment().address() % 64).isEqualTo(0);
  }

  @Test
  void aFileTellsOfItself() {
    assertThat(Resources.open("plain.safetensors").metadata())
        .containsExactly("made by", "make_data.py", "größe", "klein");
    assertThat(Resources.open("stored.npz").metadata()).isEmpty();
  }

  @Test
  void arraysOfJavaAreACopyAway() {
    assertThat(Resources.open("fortran_big.npy").only().toHostTensor().toArray(short[][].class))
        .isEqualTo(new short[][] {{0, 1}, {2, 3}, {4, 5}});
  }

  @Test
  void aRefusalSaysWhatTheElementsAre() {
    FileTensor objects = Resources.open("objects.npy").only();

    assertThat(objects.toString()).isEqualTo("objects: 1 of |O");
    assertThat(assertThrows(FileFormatException.class, objects::shape))
        .hasMessageThat()
        .isEqualTo(
            "objects.npy: objects cannot be read: it has elements of the type |O, Python objects,"
                + " which require pickle and are never read");
  }
}
