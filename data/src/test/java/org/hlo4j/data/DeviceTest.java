package org.hlo4j.data;

import static com.google.common.truth.Truth.assertThat;
import static org.junit.jupiter.api.Assertions.assertThrows;

import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.lang.foreign.MemorySegment;
import java.lang.foreign.ValueLayout;
import java.nio.file.Files;
import java.nio.file.Path;
import org.hlo4j.Device;
import org.hlo4j.DeviceBuffer;
import org.hlo4j.Program;
import org.hlo4j.TensorView;
import org.hlo4j.annotation.TensorType;
import org.hlo4j.data.internal.element.NativeCopy;
import org.hlo4j.error.ArgumentException;
import org.hlo4j.type.BF16;
import org.hlo4j.type.Element;
import org.hlo4j.type.ElementType;
import org.hlo4j.type.F32;
import org.hlo4j.type.Shape;
import org.hlo4j.type.U16;
import org.jspecify.annotations.NullUnmarked;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** A device computes with what is in files. */
@NullUnmarked
final class DeviceTest {
  private static final Program TWICE =
      Program.of(
          """
          func.func @main(%x: tensor<1024x256xf32>) -> tensor<1024x256xf32> {
            %0 = stablehlo.add %x, %x : tensor<1024x256xf32>
            return %0 : tensor<1024x256xf32>
          }
          """);

  @TensorType("tensor<1024x256xf32>")
  interface Large extends F32 {}

  @TensorType("tensor<2x3xbf16>")
  interface Half extends BF16 {}

  @TensorType("tensor<2x3xui16>")
  interface Bits extends U16 {}

  @TensorType("tensor<3x2xf32>")
  interface Turned extends F32 {}

  @TempDir private Path folder;

  private final Device device = Plugin.device();

  private Path large(String name, float value) throws IOException {
    Shape shape = Shape.of(Large.class);
    MemorySegment memory = NativeCopy.allocate(shape.byteSize());
    for (long i = 0; i < shape.elementCount(); i++) {
      memory.setAtIndex(ValueLayout.JAVA_FLOAT, i, value);
    }
    Path path = folder.resolve(name);
    TensorFile.writer().add("large", shape, memory).write(path);
    return path;
  }

  private static long addressOf(DeviceBuffer<?> buffer) {
    try (TensorView<?> view = buffer.view()) {
      return view.segment().address();
    }
  }

  @Test
  void aDeviceReadsTheFilesOwnPages() throws IOException {
    for (String name : new String[] {"large.npy", "large.npz", "large.safetensors"}) {
      FileTensor tensor = TensorFile.open(large(name, 1)).tensor("large");
      try (DeviceBuffer<Large> buffer = tensor.put(device, Large.class);
          DeviceBuffer<?> dynamic = tensor.put(device)) {
        assertThat(addressOf(buffer)).isEqualTo(tensor.segment().address());
        assertThat(addressOf(dynamic)).isEqualTo(tensor.segment().address());
        assertThat(dynamic.shape()).isEqualTo(Shape.of(Large.class));
      }
    }
  }

  /** Fresh mappings would soon be where an old one was, if that had gone. */
  @Test
  void aFileStaysAsLongAsADeviceReadsIt() throws IOException {
    Path path = large("large.npy", 1);
    Path others = large("others.npy", 5);
    DeviceBuffer<Large> buffer = TensorFile.open(path).only().put(device, Large.class);
    Files.delete(path);
    for (int i = 0; i < 20; i++) {
      System.gc();
      assertThat(TensorFile.open(others).only().segment().get(ValueLayout.JAVA_FLOAT, 0))
          .isEqualTo(5f);
    }

    float[] values = device.compile(TWICE).start(buffer).buffer(0).toFloatArray();
    for (float value : values) {
      assertThat(value).isEqualTo(2f);
    }
  }

  @Test
  void aFileIsNeverWritten() throws IOException {
    Path path = large("large.npy", 1);
    Program inPlace =
        Program.of(
            TWICE
                .text()
                .replace(
                    "%x: tensor<1024x256xf32>",
                    "%x: tensor<1024x256xf32> {tf.aliasing_output = 0 : i32}"));
    DeviceBuffer<Large> buffer = TensorFile.open(path).only().put(device, Large.class);

    float[] values = device.compile(inPlace).start(buffer).buffer(0).toFloatArray();

    assertThat(values[7]).isEqualTo(2f);
    assertThat(TensorFile.open(path).only().segment().getAtIndex(ValueLayout.JAVA_FLOAT, 7))
        .isEqualTo(1f);
  }

  @Test
  void bareBytesAreWhatTheTensorTypeSays() {
    FileTensor half = Resources.open("bfloat16.npy").only();

    assertThat(half.put(device, Half.class).toFloatArray())
        .isEqualTo(new float[] {0, 1, 1, 2, 0.5f, 1});
    assertThat(half.put(device, Bits.class).toShortArray()[3]).isEqualTo((short) 0x4000);
    assertThat(half.toHostTensor(Half.class).toArray(float[][].class)[1])
        .isEqualTo(new float[] {2, 0.5f, 1});
    assertThat(half.as(ElementType.BF16).put(device).toArray())
        .isEqualTo(new float[] {0, 1, 1, 2, 0.5f, 1});
  }

  @Test
  void everyTypeThatPythonWritesArrivesOnADevice() {
    for (ElementType type : ElementType.values()) {
      String name = type == ElementType.I1 ? "bool" : null;
      for (String line : Resources.lines("expected.tsv")) {
        if (line.contains("x" + type.text() + ">\t") && line.contains(".npy")) {
          name = line.substring(0, line.indexOf('.'));
          FileTensor tensor = Resources.open(name + ".npy").only().as(type);
          assertThat(tensor.put(device).toHostTensor().toString())
              .isEqualTo(tensor.toHostTensor().toString());
        }
      }
      assertThat(name).isNotNull();
    }
  }

  @Test
  void whatIsNotAlignedIsCopied() throws IOException {
    TensorFile file =
        TensorFile.read("stored.npz", new ByteArrayInputStream(Resources.python("stored.npz")));

    assertThat(file.tensor("größe").put(device).toArray()).isEqualTo(new int[] {-3, 2, 3, 4, 5, 6});
    assertThat(file.tensor("params/b1").put(device).toArray()).isEqualTo(new double[] {0, 1, 2});
    MemorySegment odd = NativeCopy.allocate(200).asSlice(1, 152);
    odd.copyFrom(MemorySegment.ofArray(Resources.python("float32.npy")));
    assertThat(TensorFile.of("odd", odd).only().put(device).toArray())
        .isEqualTo(new float[] {-3, 2, 3, 4, 5, 6});
    assertThat(Resources.open("empty.npy").only().put(device).toArray()).isEqualTo(new float[0]);
  }

  @Test
  void whatDoesNotFitIsRefused() {
    assertThat(refusal("float32.npy", Turned.class))
        .isEqualTo(
            "float32.npy: float32: expected tensor<3x2xf32> (Turned), but the file has"
                + " tensor<2x3xf32>");
    assertThat(refusal("float32.npy", Half.class)).contains("the file has tensor<2x3xf32>");
    assertThat(refusal("bfloat16.npy", Turned.class))
        .isEqualTo(
            "bfloat16.npy: bfloat16: expected tensor<3x2xf32> (Turned), but the file has"
                + " tensor<2x3xui16>, whose type the file does not specify (V2: a type of 16 bits)");
    assertThat(refusal("text.npy", Turned.class))
        .isEqualTo(
            "text.npy: text: expected tensor<3x2xf32> (Turned), but the file has elements of"
                + " the type <U2, text");
  }

  private String refusal(String file, Class<? extends Element> type) {
    FileTensor tensor = Resources.open(file).only();
    return assertThrows(ArgumentException.class, () -> tensor.put(device, type)).getMessage();
  }

  @Test
  void booleansThatAreNoneAreRefused() {
    byte[] file = Resources.python("bool.npy");
    file[file.length - 2] = 7;
    FileTensor tensor = Resources.open("x.npy", file).only();

    assertThat(assertThrows(ArgumentException.class, () -> tensor.put(device)))
        .hasMessageThat()
        .isEqualTo("tensor<2x3xi1> cannot hold 7, which is element 4");
  }
}
