package org.hlo4j.data;

import static com.google.common.truth.Truth.assertThat;
import static org.junit.jupiter.api.Assertions.assertThrows;

import java.io.IOException;
import java.lang.foreign.MemorySegment;
import java.lang.foreign.ValueLayout;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.util.List;
import java.util.Locale;
import java.util.stream.Stream;
import java.util.zip.ZipFile;
import org.hlo4j.HostTensor;
import org.hlo4j.data.internal.element.NativeCopy;
import org.hlo4j.data.internal.element.SafeTensorsType;
import org.hlo4j.error.ArgumentException;
import org.hlo4j.type.ElementType;
import org.hlo4j.type.Shape;
import org.jspecify.annotations.NullUnmarked;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/**
 * What is written is read again. The files of all types stay in {@code target/written}, where
 * {@code check.py} has Python read them.
 */
@NullUnmarked
final class WrittenFilesTest {
  private static final Path WRITTEN = Path.of("target", "written");

  @TempDir private Path folder;

  /** NumPy's name of a type. */
  private static String nameOf(ElementType type) {
    String digits = type.name().substring(1);
    return switch (type) {
      case I1 -> "bool";
      case BF16 -> "bfloat16";
      case C64, C128 -> "complex" + digits;
      case F16, F32, F64 -> "float" + digits;
      case I2, I4, I8, I16, I32, I64 -> "int" + digits;
      case U2, U4, U8, U16, U32, U64 -> "uint" + digits;
      default -> ("float" + digits.charAt(0) + "_" + digits.substring(1)).toLowerCase(Locale.ROOT);
    };
  }

  /** 0, 1, 1, 0, 1, 1, or the closest to it. */
  private static HostTensor<?> tensor(ElementType type) {
    HostTensor<?> tensor = HostTensor.allocate(Shape.of(type, 2, 3));
    return switch (type) {
      case I1 -> tensor.set(new boolean[] {false, true, true, false, true, true});
      case I2, I4, I8, U2, U4, U8 -> tensor.set(new byte[] {0, 1, 1, 0, 1, 1});
      case I16, U16 -> tensor.set(new short[] {0, 1, 1, 0, 1, 1});
      case I32, U32 -> tensor.set(new int[] {0, 1, 1, 0, 1, 1});
      case I64, U64 -> tensor.set(new long[] {0, 1, 1, 0, 1, 1});
      case F64 -> tensor.set(new double[] {0, 1, 1, 0, 1, 1});
      case C64 -> tensor.set(new float[] {0, 0, 1, 0, 1, 0, 0, 0, 1, 0, 1, 0});
      case C128 -> tensor.set(new double[] {0, 0, 1, 0, 1, 0, 0, 0, 1, 0, 1, 0});
      case F8E8M0FNU -> tensor.set(new float[] {0.5f, 1, 1, 0.5f, 1, 1});
      default -> tensor.set(new float[] {0, 1, 1, 0, 1, 1});
    };
  }

  private static void checkWritten(TensorFile file, ElementType type) {
    FileTensor read = file.tensor(nameOf(type));
    FileTensor typed = read.isUntyped() ? read.as(type) : read;
    assertThat(typed.shape()).isEqualTo(Shape.of(type, 2, 3));
    assertThat(typed.segment().mismatch(tensor(type).segment())).isEqualTo(-1);
  }

  @ParameterizedTest
  @EnumSource(ElementType.class)
  void everyTypeGoesIntoAnNpy(ElementType type) throws IOException {
    Path path = Files.createDirectories(WRITTEN).resolve(nameOf(type) + ".npy");
    TensorFile.writer().add("any", tensor(type)).write(path);

    checkWritten(TensorFile.open(path), type);
  }

  @Test
  void everyTypeGoesIntoAnNpz() throws IOException {
    Path path = Files.createDirectories(WRITTEN).resolve("all.npz");
    TensorWriter writer = TensorFile.writer();
    for (ElementType type : ElementType.values()) {
      writer.add(nameOf(type), tensor(type));
    }
    writer.write(path);

    TensorFile file = TensorFile.open(path);
    for (ElementType type : ElementType.values()) {
      checkWritten(file, type);
      assertThat(file.tensor(nameOf(type)).segment().address() % 64).isEqualTo(0);
    }
    try (ZipFile zip = new ZipFile(path.toFile())) {
      assertThat(zip.size()).isEqualTo(ElementType.values().length);
    }
  }

  @Test
  void whatSafetensorsHasGoesIntoIt() throws IOException {
    Path path = Files.createDirectories(WRITTEN).resolve("all.safetensors");
    List<ElementType> types =
        Stream.of(ElementType.values())
            .filter(type -> SafeTensorsType.of(type).isPresent())
            .toList();
    TensorWriter writer = TensorFile.writer().metadata("größe", "klein");
    types.forEach(type -> writer.add(nameOf(type), tensor(type)));
    writer.write(path);

    TensorFile file = TensorFile.open(path);
    types.forEach(type -> checkWritten(file, type));
    assertThat(file.tensors()).hasSize(20);
    assertThat(file.metadata()).containsExactly("größe", "klein");
  }

  @Test
  void whatSafetensorsLacksIsRefused() {
    Path path = folder.resolve("x.safetensors");

    assertThat(refusal(path, Shape.of(ElementType.C128, 2)))
        .isEqualTo(
            "x: safetensors has no type for the elements of a tensor<2xcomplex<f64>>; use .npz");
    assertThat(refusal(path, Shape.of(ElementType.F4E2M1FN, 3)))
        .isEqualTo(
            "x: safetensors packs 4-bit elements in pairs, but a tensor<3xf4E2M1FN> has an odd"
                + " number of them");
    assertThat(Files.exists(path)).isFalse();
  }

  private static String refusal(Path path, Shape shape) {
    TensorWriter writer = TensorFile.writer().add("x", HostTensor.allocate(shape));
    return assertThrows(ArgumentException.class, () -> writer.write(path)).getMessage();
  }

  @Test
  void largeTensorsInSafetensorsAreWhereADeviceReadsThem() throws IOException {
    Path path = folder.resolve("x.safetensors");
    TensorFile.writer()
        .add("small", HostTensor.allocate(Shape.of(ElementType.F32, 3)).set(new float[3]))
        .add("w1", HostTensor.allocate(Shape.of(ElementType.F32, 32)).set(new float[32]))
        .add("bytes", HostTensor.allocate(Shape.of(ElementType.U8, 7)).set(new byte[7]))
        .add("w2", HostTensor.allocate(Shape.of(ElementType.F64, 16)).set(new double[16]))
        .write(path);

    TensorFile file = TensorFile.open(path);
    assertThat(file.tensors().keySet()).containsExactly("w2", "w1", "small", "bytes").inOrder();
    assertThat(file.tensor("w1").segment().address() % 64).isEqualTo(0);
    assertThat(file.tensor("w2").segment().address() % 64).isEqualTo(0);
  }

  @Test
  void shapesOfAllRanksComeBack() throws IOException {
    Path path = folder.resolve("x.npz");
    TensorWriter writer = TensorFile.writer();
    for (long[] sizes : new long[][] {{}, {5}, {0, 3}, {1, 2, 3, 4}}) {
      Shape shape = Shape.of(ElementType.I16, sizes);
      writer.add(
          shape.toString(), HostTensor.allocate(shape).set(new short[(int) shape.elementCount()]));
    }
    writer.write(path);

    TensorFile.open(path)
        .tensors()
        .forEach((name, tensor) -> assertThat(tensor.shape().toString()).isEqualTo(name));
  }

  @Test
  void aReplacedFileLeavesWhatWasMapped() throws IOException {
    Path path = folder.resolve("x.npy");
    Shape shape = Shape.of(ElementType.F32, 100_000);
    TensorFile.writer().add("x", shape, filled(shape, 1)).write(path);
    FileTensor old = TensorFile.open(path).only();

    TensorFile.writer()
        .add("x", Shape.of(ElementType.F32), filled(Shape.of(ElementType.F32), 2))
        .write(path);

    assertThat(TensorFile.open(path).only().segment().get(ValueLayout.JAVA_FLOAT, 0)).isEqualTo(2f);
    assertThat(old.segment().getAtIndex(ValueLayout.JAVA_FLOAT, 99_999)).isEqualTo(1f);
    try (Stream<Path> files = Files.list(folder)) {
      assertThat(files.toList()).containsExactly(path);
    }
  }

  private static MemorySegment filled(Shape shape, float value) {
    MemorySegment memory = NativeCopy.allocate(shape.byteSize());
    for (long i = 0; i < shape.elementCount(); i++) {
      memory.setAtIndex(ValueLayout.JAVA_FLOAT, i, value);
    }
    return memory;
  }

  @Test
  void aTensorOfAFileGoesIntoAnother() throws IOException {
    Path path = folder.resolve("copy.npz");
    FileTensor large = Resources.open("deflated.npz").tensor("large");
    TensorFile.writer().add("nested/large", large).write(path);

    assertThat(TensorFile.open(path).tensor("nested/large").segment().mismatch(large.segment()))
        .isEqualTo(-1);
  }

  @Test
  void equalTensorsMakeEqualFiles() throws IOException {
    for (String ending : List.of(".npz", ".safetensors")) {
      Path one = folder.resolve("one" + ending);
      Path other = folder.resolve("other" + ending);
      TensorFile.writer().add("x", tensor(ElementType.F32)).write(one);
      TensorFile.writer().add("x", tensor(ElementType.F32)).write(other);
      assertThat(Files.mismatch(one, other)).isEqualTo(-1);
    }
  }

  @Test
  void wrongUsesAreRefused() {
    HostTensor<?> x = tensor(ElementType.F32);
    TensorWriter two = TensorFile.writer().add("x", x).add("y", x);
    Shape shape = Shape.of(ElementType.F32, 7);

    assertThat(assertThrows(ArgumentException.class, () -> two.add("x", x)))
        .hasMessageThat()
        .isEqualTo("A tensor named x was already added");
    assertThat(assertThrows(ArgumentException.class, () -> two.write(folder.resolve("x.npy"))))
        .hasMessageThat()
        .isEqualTo("x.npy holds one tensor, but 2 were added; use .npz or .safetensors");
    assertThat(assertThrows(ArgumentException.class, () -> two.write(folder.resolve("x.pt"))))
        .hasMessageThat()
        .isEqualTo("x.pt must end with .npy, .npz or .safetensors");
    assertThat(assertThrows(ArgumentException.class, () -> two.add("z", shape, x.segment())))
        .hasMessageThat()
        .isEqualTo("z: a tensor<7xf32> takes 28 bytes, not the 24 of this MemorySegment");
    assertThrows(ArgumentException.class, () -> two.add("\ud800", x));
    TensorWriter outside = TensorFile.writer().add("../x", x);
    assertThrows(ArgumentException.class, () -> outside.write(folder.resolve("x.npz")));
    TensorWriter told = TensorFile.writer().add("x", x).metadata("a", "b");
    assertThrows(ArgumentException.class, () -> told.write(folder.resolve("x.npz")));
    TensorWriter reserved = TensorFile.writer().add("__metadata__", x);
    assertThrows(ArgumentException.class, () -> reserved.write(folder.resolve("x.safetensors")));
    assertThrows(NoSuchFileException.class, () -> two.write(folder.resolve("none/x.npz")));
    assertThrows(NoSuchFileException.class, () -> TensorFile.open(folder.resolve("x.npz")));
  }
}
